import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Digest } from "@/lib/extension/reference/digest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import { attestedBy } from "@/lib/extension/report/supply-chain-report";
import { readProvenance } from "@/lib/inspection/supply-chain/provenance";
import { readSigner } from "@/lib/inspection/supply-chain/signer";
import { readSupplyChain } from "@/lib/inspection/supply-chain/supply-chain";
import { sha256Digest } from "@/lib/registry/oci/verification";
import { type HostileRegistry, startHostileRegistry } from "@/tests/support/registries/hostile-registry";
import { type OpenClient, openClient } from "@/tests/support/registries/registry-client";
import {
  issuerExtension,
  oldIssuerExtension,
  signingCertificate,
} from "@/tests/support/registries/signing-certificate";

const INDEX = "application/vnd.oci.image.index.v1+json";
const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
const WORKFLOW = "https://git.acme.example/acme/disk-lens/.github/workflows/release.yml@refs/tags/v1.0.0";
const ISSUER = "https://token.actions.acme.example";
const EMAIL_ISSUER = "https://accounts.acme.example";

let byWorkflow: string;
let byEmail: string;
let server: HostileRegistry;
let open: OpenClient;

beforeAll(() => {
  byWorkflow = signingCertificate([`subjectAltName=critical,URI:${WORKFLOW}`, issuerExtension(ISSUER)]);
  byEmail = signingCertificate(["subjectAltName=email:ada@acme.example", oldIssuerExtension(EMAIL_ISSUER)]);
});
beforeEach(async () => {
  await open?.close();
  await server?.stop();
  server = await startHostileRegistry();
  open = openClient(server.url);
});
afterAll(async () => {
  await open?.close();
  await server?.stop();
});

const subject = sha256Digest(Buffer.from("the image"));
const path = (rest: string) => `/v2/acme/disk-lens/${rest}`;
const SIGNATURE_TAG = path(`manifests/${subject.replace(":", "-")}.sig`);
const REFERRERS = path(`referrers/${subject}`);

const read = (
  statements: Parameters<typeof readSupplyChain>[0]["statements"] = [],
  looked: "index" | "registry" = "registry",
) =>
  readSupplyChain({
    client: open.client,
    repository: repositoryOfName(`${server.host}/acme/disk-lens`),
    digest: subject,
    statements,
    looked,
    signal: new AbortController().signal,
  });

type Descriptor = { mediaType: string; digest: Digest; size: number; annotations?: Record<string, string> };

function blob(
  content: string | Uint8Array,
  mediaType: string,
  annotations?: Record<string, string>,
): Descriptor {
  const bytes = Buffer.from(content);
  const digest = sha256Digest(bytes);
  server.on(path(`blobs/${digest}`), { body: bytes });
  return { mediaType, digest, size: bytes.length, ...(annotations && { annotations }) };
}

/** Serves the manifest by digest, and under a tag if one is given. */
function artifact(layers: Descriptor[], more: Record<string, unknown> = {}, tagPath?: string): Descriptor {
  const config = blob("{}", "application/vnd.oci.image.config.v1+json");
  const body = JSON.stringify({ schemaVersion: 2, mediaType: MANIFEST, config, layers, ...more });
  const digest = sha256Digest(Buffer.from(body));
  const answer = {
    headers: {
      "content-type": MANIFEST,
      "docker-content-digest": digest,
      "content-length": String(body.length),
    },
    body,
  };
  for (const each of [path(`manifests/${digest}`), ...(tagPath === undefined ? [] : [tagPath])])
    server.on(each, answer);
  return { mediaType: MANIFEST, digest, size: body.length };
}

function referrers(manifests: unknown[]): void {
  const body = JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests });
  server.on(REFERRERS, { headers: { "content-type": INDEX }, body });
}

const cosignLayer = (certificate: string) =>
  blob("{}", "application/vnd.dev.cosign.simplesigning.v1+json", {
    "dev.cosignproject.cosign/signature": "MEUCIQ==",
    "dev.sigstore.cosign/certificate": certificate,
  });

const bundle = (certificate: string) => {
  const rawBytes = certificate.replace(/-----[^-]+-----|\s/g, "");
  return blob(
    JSON.stringify({ mediaType: BUNDLE, verificationMaterial: { certificate: { rawBytes } } }),
    BUNDLE,
  );
};

const owned = { subject: { mediaType: INDEX, digest: subject, size: 9 }, artifactType: BUNDLE };

test("an image with nothing beside it is known to have nothing, by three requests", async () => {
  referrers([]);
  expect(await read()).toEqual({
    looked: "registry",
    provenance: null,
    sbom: null,
    referrers: [],
    signatures: [],
    complete: true,
  });
  expect(server.requests.length).toBeLessThanOrEqual(3);
});

test("what only the index tells costs no request", async () => {
  const descriptor = {
    mediaType: "application/vnd.in-toto+json",
    digest: subject,
    sizeBytes: 9,
    annotations: {},
    foreign: false,
  };
  const types = ["https://slsa.dev/provenance/v1", "https://spdx.dev/Document"];
  const seen = await read(
    types.map((predicateType) => ({ predicateType, descriptor })),
    "index",
  );
  expect(seen).toMatchObject({
    looked: "index",
    provenance: { predicateType: "https://slsa.dev/provenance/v1", builder: null },
    sbom: "https://spdx.dev/Document",
    complete: false,
  });
  expect(server.requests).toEqual([]);
});

test("cosign's tag and a referrer name who signed, and who says so", async () => {
  artifact([cosignLayer(byEmail)], {}, SIGNATURE_TAG);
  const referrer = artifact([bundle(byWorkflow)], owned);
  referrers([
    { ...referrer, artifactType: BUNDLE },
    {
      ...artifact([], { ...owned, artifactType: "application/spdx+json" }),
      artifactType: "application/spdx+json",
    },
  ]);
  const seen = await read();
  expect(seen.signatures).toMatchObject([
    { place: "tag", signer: { identity: "ada@acme.example", issuer: EMAIL_ISSUER } },
    { place: "referrer", signer: { identity: WORKFLOW, issuer: ISSUER } },
  ]);
  expect(seen.referrers.map(({ kind }) => kind)).toEqual(["signature", "sbom"]);
  expect(seen.complete).toBe(true);
  expect(server.requests.length).toBeLessThanOrEqual(8);
});

test("a signed statement in a bundle counts as what it states, and names its signer", async () => {
  const annotations = { "dev.sigstore.bundle.predicateType": "https://slsa.dev/provenance/v1" };
  referrers([{ ...artifact([bundle(byWorkflow)], owned), artifactType: BUNDLE, annotations }]);
  const seen = await read();
  expect(seen.referrers.map(({ kind }) => kind)).toEqual(["provenance"]);
  expect(seen.signatures).toMatchObject([{ place: "referrer", signer: { identity: WORKFLOW } }]);
  expect(attestedBy(seen)).toEqual({ provenance: true, sbom: false });
});

test("a referrer whose own manifest names another image is no signature of this one", async () => {
  const other = { ...owned, subject: { ...owned.subject, digest: sha256Digest(Buffer.from("another")) } };
  referrers([{ ...artifact([bundle(byWorkflow)], other), artifactType: BUNDLE }]);
  expect((await read()).signatures).toEqual([]);
});

test("10,000 referrers: 50 are listed, three signatures read, and it says that there are more", async () => {
  const real = artifact([bundle(byWorkflow)], owned);
  const more = Array.from({ length: 9_999 }, (_, at) => ({
    mediaType: MANIFEST,
    digest: sha256Digest(Buffer.from(`r${at}`)),
    size: 9,
    artifactType: "application/vnd.acme.note",
  }));
  referrers([{ ...real, artifactType: BUNDLE }, ...more]);
  const seen = await read();
  expect(seen.referrers).toHaveLength(50);
  expect(seen.signatures).toHaveLength(1);
  expect(seen.complete).toBe(false);
  expect(server.requests.length).toBeLessThanOrEqual(6);
});

test("pages of referrers that lead in a circle end", async () => {
  const body = JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [] });
  server.on(REFERRERS, {
    headers: { "content-type": INDEX, link: `<${REFERRERS}?page=1>; rel="next"` },
    body,
  });
  expect(await read()).toMatchObject({ referrers: [], complete: false });
  expect(server.requests.length).toBeLessThanOrEqual(20);
});

describe("what a registry cannot answer makes it incomplete, and nothing more", () => {
  test.each([
    ["an error", { status: 500 }],
    ["a refusal", { status: 403 }],
    ["what is no index", { headers: { "content-type": INDEX }, body: "[]" }],
  ])("%s for the referrers", async (_what, answer) => {
    server.on(REFERRERS, answer);
    artifact([cosignLayer(byEmail)], {}, SIGNATURE_TAG);
    const seen = await read();
    expect(seen.complete).toBe(false);
    expect(seen.signatures).toHaveLength(1);
  });

  test("a signature that is no manifest", async () => {
    referrers([]);
    server.on(SIGNATURE_TAG, { headers: { "content-type": MANIFEST }, body: "nonsense" });
    expect(await read()).toMatchObject({ signatures: [], complete: false });
  });
});

describe("a certificate without a name leaves a signature without a name", () => {
  test.each([
    ["garbage", () => "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"],
    ["text", () => "hello"],
    ["a certificate of 100 KiB", () => byEmail + "x".repeat(100_000)],
    ["a cut one", () => byEmail.slice(0, 300)],
    ["one without names", () => signingCertificate([issuerExtension(ISSUER)])],
  ])("%s", async (_what, certificate) => {
    referrers([]);
    artifact([cosignLayer(certificate())], {}, SIGNATURE_TAG);
    expect((await read()).signatures).toMatchObject([{ place: "tag", signer: null }]);
  });

  test("random bytes in place of a certificate", () => {
    for (let at = 0; at < 500; at++) expect(readSigner(randomBytes(200))).toBeNull();
  });

  test("without an issuer the name stands alone, and what hides in it is spelled out", () => {
    const certificate = signingCertificate(["subjectAltName=URI:https://acme.example/\u202Eevil"]);
    expect(readSigner(certificate)).toMatchObject({ issuer: null });
    expect(readSigner(certificate)?.identity).not.toContain("\u202E");
  });
});

describe("what a provenance statement names", () => {
  const statement = (predicate: unknown) =>
    Buffer.from(JSON.stringify({ predicateType: "https://slsa.dev/provenance/v1", predicate }));
  const BUILDKIT = "https://mobyproject.org/buildkit@v1#metadata";

  test.each([
    [
      "1.0",
      {
        runDetails: { builder: { id: "https://ci" } },
        buildDefinition: { externalParameters: { configSource: { uri: "https://git/x" } } },
      },
      "https://ci",
      "https://git/x",
    ],
    [
      "0.2",
      { builder: { id: "https://ci" }, invocation: { configSource: { uri: "https://git/x" } } },
      "https://ci",
      "https://git/x",
    ],
    [
      "0.2 of BuildKit",
      { builder: { id: "" }, metadata: { [BUILDKIT]: { vcs: { source: "https://git/y" } } } },
      null,
      "https://git/y",
    ],
    ["of other types", { builder: { id: 7 }, invocation: [] }, null, null],
    ["null", null, null, null],
  ])("%s", (_version, predicate, builder, source) => {
    expect(readProvenance(statement(predicate))).toEqual({ builder, source });
  });

  test("bytes that are no statement", () => {
    for (const text of ["", "[]", "{", '"x"', "null"]) {
      expect(readProvenance(Buffer.from(text))).toEqual({ builder: null, source: null });
    }
  });

  test("it is fetched and read", async () => {
    referrers([]);
    const bytes = statement({ runDetails: { builder: { id: "https://ci.acme.example" } } });
    const { mediaType, digest, size } = blob(bytes, "application/vnd.in-toto+json");
    const descriptor = { mediaType, digest, sizeBytes: size, annotations: {}, foreign: false };
    const seen = await read([{ predicateType: "https://slsa.dev/provenance/v1", descriptor }]);
    expect(seen.provenance).toEqual({
      predicateType: "https://slsa.dev/provenance/v1",
      builder: "https://ci.acme.example",
      source: null,
    });
  });
});
