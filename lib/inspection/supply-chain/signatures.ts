import { z } from "zod";
import type { Digest } from "@/lib/extension/reference/digest";
import { parseDigest } from "@/lib/extension/reference/digest";
import type { ReferrerReport, SignatureReport } from "@/lib/extension/report/supply-chain-report";
import { readSigner } from "@/lib/inspection/supply-chain/signer";
import type { SupplyChainOptions } from "@/lib/inspection/supply-chain/supply-chain-options";
import { hasCode } from "@/lib/platform/errors";
import type { Task } from "@/lib/platform/threads/task";
import { runTask } from "@/lib/platform/threads/task-threads";
import type { Artifact } from "@/lib/registry/requests/artifact";

export type SignatureListing = { items: SignatureReport[]; complete: boolean };

/** Further signatures count only as referrers. */
const SIGNATURES_READ = 3;
const SIGNERS_PER_ARTIFACT = 4;
const CERTIFICATE = "dev.sigstore.cosign/certificate";

/**
 * Reads the signatures under cosign's tag (`sha256-<hex>.sig`) and among the referrers, with the identities in their
 * certificates. Ignores a referrer whose own manifest names another subject. Throws what the registry client throws.
 */
export async function readSignatures(
  options: SupplyChainOptions,
  referrers: readonly ReferrerReport[],
): Promise<SignatureListing> {
  const tagged = await taggedSignatures(options);
  const signing = referrers.filter(isSigned);
  const read: SignatureReport[] = [];
  for (const referrer of signing.slice(0, SIGNATURES_READ)) {
    const digest = parseDigest(referrer.digest);
    if (digest !== undefined) read.push(...(await referredSignatures(options, digest)));
  }
  return { items: [...tagged, ...read], complete: signing.length <= SIGNATURES_READ };
}

/** Reads a Sigstore bundle, whether it signs the image or a statement about it. */
function isSigned({ kind, artifactType }: ReferrerReport): boolean {
  return kind === "signature" || /sigstore\.bundle/i.test(artifactType ?? "");
}

async function taggedSignatures(options: SupplyChainOptions): Promise<SignatureReport[]> {
  const { client, repository, digest, signal } = options;
  try {
    const tag = `${digest.replace(":", "-")}.sig`;
    const { digest: own } = await client.resolve(repository, tag, { signal });
    const artifact = await client.artifact(repository, own, { signal });
    return signersOf(artifact, [], "tag");
  } catch (error) {
    if (hasCode(error, "reference_not_found")) return [];
    throw error;
  }
}

async function referredSignatures(options: SupplyChainOptions, own: Digest): Promise<SignatureReport[]> {
  const { client, repository, digest, signal, priority } = options;
  const artifact = await client.artifact(repository, own, { signal });
  if (artifact.subject !== digest) return [];
  const [bundle] = artifact.layers.filter(({ mediaType }) => mediaType.includes("sigstore.bundle"));
  const bytes = bundle === undefined ? undefined : await client.blob(repository, bundle, { signal });
  const bundled = bytes && (await runTask(READ_BUNDLE, bytes, { priority, signal }));
  return signersOf(artifact, bundled ?? [], "referrer");
}

function signersOf(
  { digest, layers }: Artifact,
  bundled: readonly Uint8Array[],
  place: SignatureReport["place"],
): SignatureReport[] {
  const certificates = layers.flatMap(({ annotations }) => annotations[CERTIFICATE] ?? []);
  const signers = [...certificates, ...bundled].slice(0, SIGNERS_PER_ARTIFACT).map(readSigner);
  const named = signers.filter((signer) => signer !== null);
  return named.length === 0
    ? [{ digest, place, signer: null }]
    : named.map((signer) => ({ digest, place, signer }));
}

const rawBytes = z.object({ rawBytes: z.base64() });
const bundleSchema = z.object({
  verificationMaterial: z.object({
    certificate: rawBytes.optional().catch(undefined),
    x509CertificateChain: z
      .object({ certificates: z.array(rawBytes) })
      .optional()
      .catch(undefined),
  }),
});

/** `bundleCertificates` as a task for a worker thread: a bundle can have 4 MiB. */
export const READ_BUNDLE: Task<Uint8Array, Uint8Array[]> = {
  module: "lib/inspection/supply-chain/signatures",
  name: "READ_BUNDLE",
  run: bundleCertificates,
  weigh: (bytes) => bytes.byteLength,
};

/** The signing certificate of a Sigstore bundle (protobuf-specs, bundle 0.1 to 0.3). */
function bundleCertificates(bytes: Uint8Array): Uint8Array[] {
  try {
    const { data } = bundleSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    const material = data?.verificationMaterial;
    const found = material?.certificate ?? material?.x509CertificateChain?.certificates[0];
    return found === undefined ? [] : [Buffer.from(found.rawBytes, "base64")];
  } catch {
    return [];
  }
}
