/** Creates X.509 certificates (RFC 5280) for demos and tests, untrusted by default. Needs no external tool. */

import { generateKeyPairSync, randomBytes, sign, X509Certificate } from "node:crypto";
import {
  der,
  explicitTag,
  implicitTag,
  objectIdentifier,
  TAG,
  utcTime,
} from "@/scripts/demo/certificate/der";

/** Certificate and key, both in PEM. */
export type Certificate = { key: string; cert: string };

export type CertificatePlan = {
  /** Common name of the subject. */
  subject: string;
  /** `DNS:registry.example`, `IP:127.0.0.1`, `URI:https://…` or `email:…`. */
  names?: readonly string[];
  /** The issuer. Without one the certificate is self-signed and can issue others. */
  issuer?: Certificate;
  /** Additional extensions: object identifier → DER-encoded value. */
  extensions?: Record<string, Buffer>;
  /** Valid for `days` days (default: 30) from a day before this instant (default: now). */
  now?: Date;
  days?: number;
};

const DAY_MS = 24 * 60 * 60 * 1000;
const OID = {
  commonName: "2.5.4.3",
  alternativeNames: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
} as const;
const SIGNATURE_ALGORITHM = der(TAG.sequence, objectIdentifier(OID.ecdsaWithSha256));

/** Creates a key (P-256) with its certificate. */
export function makeCertificate(plan: CertificatePlan): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const toSign = der(
    TAG.sequence,
    der(explicitTag(0), der(TAG.integer, Buffer.from([2]))),
    der(TAG.integer, Buffer.from([1]), randomBytes(8)),
    SIGNATURE_ALGORITHM,
    distinguishedName(plan.issuer === undefined ? plan.subject : subjectOf(plan.issuer)),
    validity(plan),
    distinguishedName(plan.subject),
    publicKey.export({ type: "spki", format: "der" }),
    der(explicitTag(3), der(TAG.sequence, ...extensionsOf(plan))),
  );
  const signature = sign("sha256", toSign, plan.issuer?.key ?? key);
  const whole = der(
    TAG.sequence,
    toSign,
    SIGNATURE_ALGORITHM,
    der(TAG.bitString, Buffer.from([0]), signature),
  );
  return { key, cert: new X509Certificate(whole).toString() };
}

function validity({ now = new Date(), days = 30 }: CertificatePlan): Buffer {
  const from = now.getTime() - DAY_MS;
  return der(TAG.sequence, utcTime(new Date(from)), utcTime(new Date(from + days * DAY_MS)));
}

function distinguishedName(commonName: string): Buffer {
  const attribute = der(TAG.sequence, objectIdentifier(OID.commonName), der(TAG.utf8String, commonName));
  return der(TAG.sequence, der(TAG.set, attribute));
}

function subjectOf({ cert }: Certificate): string {
  return new X509Certificate(cert).subject.replace(/^CN=/, "");
}

function extensionsOf({ names = [], issuer, extensions = {} }: CertificatePlan): Buffer[] {
  const authority = der(TAG.sequence, der(TAG.boolean, Buffer.from([0xff])));
  return [
    ...(issuer === undefined ? [extension(OID.basicConstraints, authority, true)] : []),
    ...(names.length === 0
      ? []
      : [extension(OID.alternativeNames, der(TAG.sequence, ...names.map(alternativeName)))]),
    ...Object.entries(extensions).map(([identifier, value]) => extension(identifier, value)),
  ];
}

function extension(identifier: string, value: Buffer, critical = false): Buffer {
  const mark = critical ? [der(TAG.boolean, Buffer.from([0xff]))] : [];
  return der(TAG.sequence, objectIdentifier(identifier), ...mark, der(TAG.octetString, value));
}

const NAME_TAGS: Record<string, number> = { email: 1, DNS: 2, URI: 6, IP: 7 };

function alternativeName(name: string): Buffer {
  const [, kind = "", value = ""] = /^(\w+):(.*)$/s.exec(name) ?? [];
  const number = NAME_TAGS[kind];
  if (number === undefined) throw new Error(`A certificate cannot contain the name ${name}.`);
  return der(implicitTag(number), kind === "IP" ? Buffer.from(value.split(".").map(Number)) : value);
}
