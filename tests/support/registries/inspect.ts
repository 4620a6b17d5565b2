import { parseRepository } from "@/lib/extension/reference/repository";
import { type Inspection, inspect } from "@/lib/inspection/inspect";
import type { InspectOptions } from "@/lib/inspection/inspect-options";
import type { BuiltImage } from "@/scripts/demo/image/image";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { pushImage } from "@/tests/support/registries/push";
import { type OpenClient, openClient } from "@/tests/support/registries/registry-client";

export type InspectionBench = {
  registry: DistributionRegistry;
  /** Pushes the image under a repository of its own and inspects its tag, or another reference. */
  inspectImage(image: BuiltImage, options?: Partial<InspectOptions>): Promise<Inspection>;
  inspectPath(path: string, reference: string, options?: Partial<InspectOptions>): Promise<Inspection>;
  stop(): Promise<void>;
};

/** A real registry with a client to it. */
export async function startInspectionBench(): Promise<InspectionBench> {
  const registry = await startDistributionRegistry();
  const open: OpenClient = openClient(registry.registries);
  let images = 0;
  const bench: InspectionBench = {
    registry,
    async inspectImage(image, options) {
      const path = `acme/image-${images++}`;
      await pushImage(registry, path, "1.0.0", image);
      return bench.inspectPath(path, "1.0.0", options);
    },
    inspectPath: (path, reference, options) =>
      inspect({
        client: open.client,
        repository: parseRepository(`${registry.host}/${path}`),
        reference,
        ...options,
      }),
    async stop() {
      await open.close();
      await registry.stop();
    },
  };
  return bench;
}

/** Each code once. Few test images say where they come from, so that this is left out. */
export function codesOf({ report }: Inspection): string[] {
  const codes = new Set(report.findings.map((finding) => finding.code));
  codes.delete("provenance_missing");
  return [...codes].toSorted();
}
