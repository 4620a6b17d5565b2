import { afterAll, beforeAll, expect, test } from "vitest";
import { parseRepository, repositoryPath } from "@/lib/extension/reference/repository";
import { inspect } from "@/lib/inspection/inspect";
import { type Twin, twinImage, twins } from "@/tests/field/twin-image";
import { type HostileRegistry, startHostileRegistry } from "@/tests/support/registries/hostile-registry";
import { type OpenClient, openClient } from "@/tests/support/registries/registry-client";
import { serveImage } from "@/tests/support/registries/serve-image";

const TWINS = twins();

/** The vendor is a company, and the namespace belongs to someone else, as with the real one. */
const LENT_NAMES = ["ajeetraina/redisinsight-docker-extension"];

let registry: HostileRegistry;
let open: OpenClient;
beforeAll(async () => {
  registry = await startHostileRegistry();
  open = openClient(`docker.io=${registry.url},ghcr.io=${registry.url}`);
});
afterAll(async () => {
  await open.close();
  await registry.stop();
});

async function findingsOf(twin: Twin) {
  const repository = parseRepository(twin.repository);
  serveImage(registry, repositoryPath(repository), twinImage(twin));
  const { report } = await inspect({ client: open.client, repository, reference: "1.0.0" });
  return report.findings;
}

test("there are fifty of them, of many shapes", () => {
  expect(TWINS.length).toBeGreaterThanOrEqual(50);
  expect(new Set(TWINS.map(({ metadata }) => JSON.stringify(metadata))).size).toBeGreaterThanOrEqual(20);
});

test.each(TWINS.map((twin) => ({ name: twin.repository, twin })))(
  "$name: no false error, and nothing twice",
  async ({ twin }) => {
    const findings = await findingsOf(twin);
    const codes = findings.map(({ code }) => code);
    const errors = findings.filter(({ severity }) => severity === "error");
    expect(errors.map(({ code }) => code)).toEqual(twin.errors);
    expect(new Set(findings.map(({ message }) => message)).size).toBe(findings.length);
    expect(codes.includes("reserved_vendor")).toBe(LENT_NAMES.includes(twin.repository));
  },
);
