import type { ProvenanceReport, SupplyChainReport } from "@/lib/extension/report/supply-chain-report";
import { isProvenance, isSbom, type Statement } from "@/lib/inspection/image/attestations";
import { READ_PROVENANCE } from "@/lib/inspection/supply-chain/provenance";
import { listReferrers, type ReferrerListing } from "@/lib/inspection/supply-chain/referrers";
import { readSignatures, type SignatureListing } from "@/lib/inspection/supply-chain/signatures";
import type { SupplyChainOptions } from "@/lib/inspection/supply-chain/supply-chain-options";
import { isAppError } from "@/lib/platform/errors";
import { runTask } from "@/lib/platform/threads/task-threads";

/**
 * Reads the provenance, bill of materials, referrers and signatures of an image, with the identities that they name.
 * Nothing is verified or judged. If the registry cannot answer, the result is incomplete. Throws only the signal's
 * reason.
 */
export async function readSupplyChain(options: SupplyChainOptions): Promise<SupplyChainReport> {
  const { statements, looked } = options;
  const found = statements.find(({ predicateType }) => isProvenance(predicateType));
  const sbom = statements.find(({ predicateType }) => isSbom(predicateType))?.predicateType ?? null;
  if (looked === "index") {
    const provenance = found === undefined ? null : unread(found);
    return { looked, provenance, sbom, referrers: [], signatures: [], complete: false };
  }
  const provenance = found === undefined ? null : await provenanceOf(found, options);
  const referrers = await answered(options, NO_REFERRERS, () => listReferrers(options));
  const signatures = await answered(options, NO_SIGNATURES, () => readSignatures(options, referrers.items));
  return {
    looked,
    provenance,
    sbom,
    referrers: referrers.items,
    signatures: signatures.items,
    complete: referrers.complete && signatures.complete,
  };
}

const NO_REFERRERS: ReferrerListing = { items: [], complete: false };
const NO_SIGNATURES: SignatureListing = { items: [], complete: false };

function unread({ predicateType }: Statement): ProvenanceReport {
  return { predicateType, builder: null, source: null };
}

async function provenanceOf(statement: Statement, options: SupplyChainOptions): Promise<ProvenanceReport> {
  const { client, repository, signal, priority } = options;
  return answered(options, unread(statement), async () => {
    const bytes = await client.blob(repository, statement.descriptor, { signal });
    return {
      predicateType: statement.predicateType,
      ...(await runTask(READ_PROVENANCE, bytes, { priority, signal })),
    };
  });
}

/** A registry error here does not fail the inspection. */
async function answered<Value>(
  { signal }: SupplyChainOptions,
  otherwise: Value,
  ask: () => Promise<Value>,
): Promise<Value> {
  try {
    return await ask();
  } catch (error) {
    signal.throwIfAborted();
    if (isAppError(error)) return otherwise;
    throw error;
  }
}
