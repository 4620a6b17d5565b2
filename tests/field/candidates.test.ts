import { afterEach, beforeEach, expect, test } from "vitest";
import { parseReference } from "@/lib/extension/reference/reference";
import { preflight } from "@/lib/inspection/preflight";
import { extensionImage } from "@/tests/builders/extension-image";
import { type HostileRegistry, startHostileRegistry } from "@/tests/support/registries/hostile-registry";
import { type OpenClient, openClient } from "@/tests/support/registries/registry-client";
import { serveImage } from "@/tests/support/registries/serve-image";
import { listTagsWith, type TagListHabits } from "@/tests/support/registries/tag-list-habits";

let server: HostileRegistry;
let open: OpenClient;

beforeEach(async () => {
  server = await startHostileRegistry();
  open = openClient(server.url);
  for (const tag of ["1.0.0", "2.0.0"]) serveImage(server, "acme/disk-lens", extensionImage(), tag);
});
afterEach(async () => {
  await open.close();
  await server.stop();
});

/** Builds of 0.x sort before the releases, which are on the second page of a thousand. */
const BUILDS = Array.from({ length: 1_100 }, (_, at) => `0.${Math.floor(at / 50)}.${at % 50}-ci.1`).sort();
const LONG = [...BUILDS, "1.0.0", "2.0.0"];

test.each<[name: string, candidate: string, habits: TagListHabits]>([
  ["full pages without a Link", "2.0.0", { tags: LONG, byName: true }],
  ["pages of a hundred without a Link", "2.0.0", { tags: LONG, byName: true, atMost: 100 }],
  ["a page size that is refused", "1.0.0", { tags: ["1.0.0"], refusesAbove: 100 }],
  ["a page size that is refused and many tags", "2.0.0", { tags: LONG, refusesAbove: 100, byDefault: 100 }],
  [
    "a Link that lost its prefix",
    "2.0.0",
    { tags: LONG, link: (last, n) => `/acme/disk-lens/tags/list?n=${n}&last=${last}` },
  ],
])("%s: the pre-flight inspects the greatest version", async (_name, candidate, habits) => {
  server.on("/v2/acme/disk-lens/tags/list", listTagsWith(habits));
  const reference = parseReference(`${server.host}/acme/disk-lens`);
  expect((await preflight({ client: open.client, reference })).tag).toBe(candidate);
});
