import { parseRepository } from "@/lib/extension/reference/repository";
import { type Inspection, inspect } from "@/lib/inspection/inspect";
import type { InspectOptions } from "@/lib/inspection/inspect-options";
import type { BuiltImage } from "@/scripts/demo/image/image";
import { type HostileRegistry, startHostileRegistry } from "@/tests/support/registries/hostile-registry";
import { openClient } from "@/tests/support/registries/registry-client";
import { serveImage } from "@/tests/support/registries/serve-image";

export type ServedBench = {
  registry: HostileRegistry;
  /** Serves the image under a repository of its own, without checking it as a registry would, and inspects it. */
  inspectImage(image: BuiltImage, options?: Partial<InspectOptions>): Promise<Inspection>;
  stop(): Promise<void>;
};

/** A registry that gives out whatever it is given, with a client to it. */
export async function startServedBench(): Promise<ServedBench> {
  const registry = await startHostileRegistry();
  const open = openClient(registry.url);
  let images = 0;
  return {
    registry,
    inspectImage(image, options) {
      const path = `acme/image-${images++}`;
      serveImage(registry, path, image);
      const repository = parseRepository(`${registry.host}/${path}`);
      return inspect({ client: open.client, repository, reference: "1.0.0", ...options });
    },
    async stop() {
      await open.close();
      await registry.stop();
    },
  };
}
