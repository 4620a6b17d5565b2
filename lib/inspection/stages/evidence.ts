import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import type { SupplyChainReport } from "@/lib/extension/report/supply-chain-report";
import { distinctFindings } from "@/lib/inspection/distinct-findings";
import { withoutSecrets } from "@/lib/inspection/files/without-secrets";
import { backendImageFindings } from "@/lib/inspection/image/backend-images";
import type { RunningInspection } from "@/lib/inspection/inspect-options";
import { WRITE_REPORT } from "@/lib/inspection/report";
import type { Contents } from "@/lib/inspection/stages/contents";
import type { KnownStructure } from "@/lib/inspection/stages/structure";
import { readSupplyChain } from "@/lib/inspection/supply-chain/supply-chain";
import { storableJson } from "@/lib/platform/storable";
import { runTask } from "@/lib/platform/threads/task-threads";

/** Third stage of an inspection: reads attestations and signatures, checks backend images, and writes the report. */
export async function writeReport(
  running: RunningInspection,
  structure: KnownStructure,
  { labels, files, media, layerBytes }: Contents,
): Promise<InspectionReport> {
  const { client, repository, priority, signal } = running;
  const supplyChain = await supplyChainOf(running, structure);
  running.onProgress?.({ step: "supply_chain", findings: [] });
  const cost = () => ({ ...client.cost(), layerBytes });
  // Media are bytes, which a report does not contain.
  const { media: _media, ...read } = files;
  const { namedFiles = "look_up" } = running;
  const known = {
    ...{ repository, structure, labels, files: read, media, supplyChain, namedFiles },
    cost: cost(),
  };
  const { report, backendImages: named } = await runTask(WRITE_REPORT, known, { priority, signal });
  const backendImages = running.backendImages === "leave_out" ? [] : named;
  const backends = await backendImageFindings(backendImages, client.anonymous(), signal);
  return {
    ...report,
    findings: distinctFindings([...report.findings, ...storableJson(withoutSecrets(backends))]),
    cost: { ...report.cost, ...cost() },
  };
}

function supplyChainOf(running: RunningInspection, structure: KnownStructure): Promise<SupplyChainReport> {
  const { client, repository, priority, signal } = running;
  const { digest, statements } = structure;
  const looked = running.supplyChain ?? "index";
  return readSupplyChain({ client, repository, digest, statements, looked, signal, priority });
}
