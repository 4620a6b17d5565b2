import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { getEntry } from "@/lib/marketplace/entries/get-entry";
import { readPublicRecords } from "@/lib/marketplace/read-public-records";
import { getSubmission } from "@/lib/marketplace/submissions/submissions";
import { type OwnRegistry, startRegistry } from "@/scripts/demo/registry/registry";
import { startMarketplace, type TestMarketplace } from "@/tests/support/marketplace";
import {
  type Answer,
  type HostileRegistry,
  startHostileRegistry,
} from "@/tests/support/registries/hostile-registry";
import { passOn } from "@/tests/support/registries/pass-on";
import { pushExtension } from "@/tests/support/registries/push";

const DAY_SECONDS = 86_400;
const PAGE: Answer = { status: 404, headers: { "content-type": "text/html" }, body: "<h1>404</h1>" };

let storage: OwnRegistry;
let registry: HostileRegistry;
let market: TestMarketplace;
let number = 0;
let path: string;

beforeAll(async () => {
  [storage, registry] = await Promise.all([startRegistry(), startHostileRegistry()]);
  market = await startMarketplace("pglite", registry.url);
});
afterAll(async () => {
  await market?.close();
  await registry?.stop();
  await storage?.stop();
});
beforeEach(async () => {
  number += 1;
  path = `acme/proxied-${number}`;
  healthy();
  await pushExtension(storage, path, "1.0.0");
});

const repository = () => `${registry.host}/${path}`;
const healthy = () =>
  registry.on(
    /./,
    passOn(() => storage.url),
  );

/** The registry is behind a sign-in, and its token server answers this. */
function wantToken(answer: Answer) {
  registry.on(/./, {
    status: 401,
    headers: { "www-authenticate": `Bearer realm="${registry.url}/token",service="x"` },
    body: '{"errors":[{"code":"UNAUTHORIZED"}]}',
  });
  registry.on("/token", answer);
}

test.each<[name: string, break_: () => void]>([
  ["a website", () => registry.on(/./, PAGE)],
  ["a web server without pages", () => registry.on(/./, { status: 404 })],
  ["a token server that is not there", () => wantToken(PAGE)],
  [
    "a token server that refuses the request",
    () => wantToken({ status: 400, body: '{"error":"invalid_scope"}' }),
  ],
  ["a token server that refuses the method", () => wantToken({ status: 405 })],
])("%s in the registry's place never counts towards delisting", async (_name, breakIt) => {
  await market.approve(repository());
  breakIt();
  for (const seconds of [0, DAY_SECONDS, DAY_SECONDS, DAY_SECONDS]) {
    market.advance(seconds);
    expect(await market.scan(repository())).toMatchObject({
      state: "failed",
      until: null,
      error: { code: "not_a_registry" },
    });
  }
  const { changed } = await readPublicRecords(market.services.db, undefined);
  const record = changed.find((each) => each.repository === repository());
  expect(record?.unavailable).toBeNull();
  expect(record?.versions).toMatchObject([{ visibility: "listed", missingSince: null }]);
  expect((await getEntry(await market.as("admin"), { repository: repository() })).refusal).toBeNull();
});

test("a submission there is no fault of its publisher, and its check is final until someone asks", async () => {
  const publisher = await market.as("publisher");
  wantToken(PAGE);
  const errored = await market.submitAndWait(publisher, repository());
  expect(errored).toMatchObject({
    state: "errored",
    error: { code: "not_a_registry", message: expect.stringContaining("does not behave like a registry") },
    retry: { attempts: 1, at: null },
  });
  const asked = registry.requests.length;
  market.advance(DAY_SECONDS);
  expect(await getSubmission(publisher, { id: errored.id })).toMatchObject({ state: "errored" });
  expect(registry.requests.length).toBe(asked);
});

test("a submission of a repository that the API denies needs changes", async () => {
  registry.on(`/v2/${path}/tags/list`, { status: 404, body: '{"errors":[{"code":"NAME_UNKNOWN"}]}' });
  expect(await market.submitAndWait(await market.as("publisher"), repository())).toMatchObject({
    state: "needs_changes",
    error: { code: "repository_not_found" },
  });
});
