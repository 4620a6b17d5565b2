import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startTestGantry, type TestGantry } from "@/tests/support/gantry";
import { waitFor } from "@/tests/support/marketplace";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import {
  type Behavior,
  type HostileRegistry,
  startHostileRegistry,
} from "@/tests/support/registries/hostile-registry";
import { passOn } from "@/tests/support/registries/pass-on";
import { pushExtension } from "@/tests/support/registries/push";

let storage: DistributionRegistry;
let registry: HostileRegistry;
let gantry: TestGantry;
const healthy = passOn(() => storage.url);

beforeAll(async () => {
  [storage, registry] = await Promise.all([startDistributionRegistry(), startHostileRegistry()]);
  registry.on(/.*/, healthy);
  gantry = await startTestGantry({ GANTRY_REGISTRIES: `${registry.url},${storage.url}` });
});

afterAll(async () => {
  await gantry?.close();
  await registry?.stop();
  await storage?.stop();
});

afterEach(() => registry.on(/.*/, healthy));

const dropped: Behavior = (_request, response) => {
  response.destroy();
  return undefined;
};

type Submission = { state: string; error: { code: string } | null; timeline: { kind: string }[] };

const submission = async (id: string): Promise<Submission> =>
  (await gantry.admin("GET", `/api/v1/submissions/${id}`)).body;

async function submitted(path: string): Promise<string> {
  await pushExtension(storage, path, "1.0.0");
  const answer = await gantry.admin("POST", "/api/v1/submissions", {
    repository: `${registry.host}/${path}`,
  });
  expect(answer.status).toBe(202);
  return answer.body.id;
}

/** The first state that is not `checking`. */
const settled = (id: string) =>
  waitFor(
    () => submission(id),
    ({ state }) => state !== "checking",
  );

const TROUBLE: Record<string, Behavior> = {
  errors: { status: 500, body: "oops" },
  "gateway-errors": { status: 502 },
  "cut-connections": dropped,
  nonsense: { status: 200, headers: { "content-type": "application/json" }, body: "{" },
  "half-way": healthy,
};

test("whatever a broken registry answers is never the publisher's fault, and the check is retried automatically", async () => {
  for (const [name, behavior] of Object.entries(TROUBLE)) registry.on(new RegExp(`/${name}/`), behavior);
  registry.on(/\/half-way\/blobs\//, { status: 500 });
  const ids = await Promise.all(Object.keys(TROUBLE).map((name) => submitted(`acme/${name}`)));
  for (const id of ids) {
    const failed = await settled(id);
    expect(failed).toMatchObject({ state: "errored", error: { code: expect.stringMatching(/^registry_/) } });
  }
  registry.on(/.*/, healthy);
  for (const id of ids) {
    const recovered = await waitFor(
      () => submission(id),
      ({ state }) => state === "in_review",
    );
    expect(recovered.error).toBeNull();
    expect(JSON.stringify(recovered.timeline)).not.toContain("needs_changes");
  }
});

test("a publisher who cannot wait asks for another check as soon as the registry is back", async () => {
  registry.on(/.*/, { status: 503 });
  const id = await submitted("acme/impatient");
  expect(await settled(id)).toMatchObject({ state: "errored" });
  registry.on(/.*/, healthy);
  expect((await gantry.admin("POST", `/api/v1/submissions/${id}/check`)).status).toBe(202);
  expect(await settled(id)).toMatchObject({ state: "in_review", error: null });
});

test("a registry that is gone comes back at the same address", async () => {
  await pushExtension(storage, "acme/away", "1.0.0");
  await storage.halt();
  const { body } = await gantry.admin("POST", "/api/v1/submissions", {
    repository: `${storage.host}/acme/away`,
  });
  expect(await settled(body.id)).toMatchObject({
    state: "errored",
    error: { code: "registry_unreachable" },
  });
  await storage.resume();
  expect((await gantry.admin("POST", `/api/v1/submissions/${body.id}/check`)).status).toBe(202);
  expect(await settled(body.id)).toMatchObject({ state: "in_review", error: null });
});
