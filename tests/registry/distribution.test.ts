import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DistributionRegistry, startDistributionRegistry } from "@/tests/support/distribution-registry";
import { pushExtension } from "@/tests/support/push";

describe.each(["none", "htpasswd", "token"] as const)("auth %s", (auth) => {
  let registry: DistributionRegistry;
  beforeAll(async () => {
    registry = await startDistributionRegistry({ auth });
  });
  afterAll(() => registry?.stop());
  test("push", async () => {
    const { digest, image } = await pushExtension(registry, "acme/disk-lens", "1.0.0", {
      attestations: ["provenance"],
    });
    expect(digest).toBe(image.root.digest);
    await registry.halt();
    await registry.resume();
    await pushExtension(registry, "acme/disk-lens", "1.0.1", { flavour: "docker", compression: "plain" });
  });
});
