import { X509Certificate } from "node:crypto";
import type { SignatureReport } from "@/lib/extension/report/supply-chain-report";
import { visible } from "@/lib/extension/text/quoted";

const MAX_CERTIFICATE_BYTES = 64 * 1024;
const MAX_CHARACTERS = 300;

/**
 * The identity in a signing certificate (PEM or DER): its first subject alternative name, and the issuer of that
 * identity as Fulcio records it (1.3.6.1.4.1.57264.1.8, or .1 in older certificates). Null if it is not such a
 * certificate. Verifies nothing.
 */
export function readSigner(certificate: string | Uint8Array): SignatureReport["signer"] {
  if (certificate.length > MAX_CERTIFICATE_BYTES) return null;
  try {
    const { subjectAltName, raw } = new X509Certificate(certificate);
    const identity = firstName(subjectAltName ?? "");
    return identity === undefined ? null : { identity, issuer: issuerOf(raw) };
  } catch {
    return null;
  }
}

/** Node prints `URI:https://…` and `email:…`, quoted where a value could be ambiguous. */
function firstName(names: string): string | undefined {
  const found = /^(?:URI|email|DNS|othername):(?:"((?:[^"\\]|\\.)*)"|([^,]*))/.exec(names);
  const name = (found?.[1] ?? found?.[2] ?? "").trim();
  return name === "" ? undefined : visible(name, MAX_CHARACTERS);
}

/** DER of the object identifiers 1.3.6.1.4.1.57264.1.8 and .1. */
const ISSUER_V2 = Buffer.from("060a2b0601040183bf300108", "hex");
const ISSUER_V1 = Buffer.from("060a2b0601040183bf300101", "hex");

function issuerOf(der: Buffer): string | null {
  const current = extension(der, ISSUER_V2);
  const inner = current === undefined ? undefined : valueAt(current, 0, UTF8_STRING);
  const found = inner ?? extension(der, ISSUER_V1);
  const issuer = found?.toString("utf8").trim() ?? "";
  return issuer === "" ? null : visible(issuer, MAX_CHARACTERS);
}

const BOOLEAN = 0x01;
const OCTET_STRING = 0x04;
const UTF8_STRING = 0x0c;

/** The content of an extension (RFC 5280, 4.1: identifier, optional `critical`, octet string). */
function extension(der: Buffer, identifier: Buffer): Buffer | undefined {
  const at = der.indexOf(identifier);
  if (at === -1) return undefined;
  const after = at + identifier.length;
  return valueAt(der, der[after] === BOOLEAN ? after + 3 : after, OCTET_STRING);
}

/** The content of the DER value at `offset` if it has this tag and fits into `bytes`. */
function valueAt(bytes: Buffer, offset: number, tag: number): Buffer | undefined {
  const short = bytes[offset + 1];
  if (bytes[offset] !== tag || short === undefined) return undefined;
  const lengthBytes = short < 0x80 ? 0 : short - 0x80;
  if (lengthBytes > 2 || offset + 2 + lengthBytes > bytes.length) return undefined;
  const length = lengthBytes === 0 ? short : bytes.readUIntBE(offset + 2, lengthBytes);
  const start = offset + 2 + lengthBytes;
  return start + length > bytes.length ? undefined : bytes.subarray(start, start + length);
}
