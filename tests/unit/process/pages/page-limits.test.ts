import { createServer, type RequestListener } from "node:http";
import { expect, test, vi } from "vitest";
import { createClientAddress } from "@/lib/api/requests/client-address";
import { createHttpServer } from "@/lib/process/http-server";
import type { PageHandler } from "@/lib/process/page-handler";
import { createPageLimits } from "@/lib/process/pages/page-limits";
import { keptLog } from "@/tests/support/kept-log";
import { listen } from "@/tests/support/processes/listen";
import { send } from "@/tests/support/send";

/** A server whose pages are rendered when told to; a cookie `account=x` is an account's. */
async function house() {
  const held: { url: string | undefined; go: () => void }[] = [];
  const pages: PageHandler = async (req, res) => {
    await new Promise<void>((go) => held.push({ url: req.url, go }));
    res.end("page");
  };
  const made = createHttpServer({
    api: undefined,
    pages: () => pages,
    serveCachedPage: () => undefined,
    pageLimits: createPageLimits({
      recognize: async (cookie) => /account=(\w+)/.exec(cookie ?? "")?.[1],
      nowMs: () => 0,
    }),
    health: {
      snapshot: () => "1",
      settled: () => true,
      writable: () => true,
      stopping: () => false,
    },
    clientAddress: createClientAddress(["127.0.0.1"]),
    connections: { max: 1_000, perNetworkMax: 1_000, isTrustedProxy: () => false },
    development: false,
    url: "http://127.0.0.1",
    log: keptLog().log,
  });
  const server = await listen(createServer(made.listeners("request")[0] as RequestListener));
  return {
    held,
    stop: () => server.stop(),
    ask: (path: string, network: number, headers: Record<string, string> = {}) =>
      send(server.origin, path, {
        headers: { "x-forwarded-for": `10.0.${network >> 8}.${network & 255}`, ...headers },
      }),
  };
}

test("a network that requests page after page gets Retry-After; built files stay unlimited", async () => {
  const { held, ask, stop } = await house();
  const next = setInterval(() => {
    for (const { go } of held.splice(0)) go();
  }, 5);
  const statuses: number[] = [];
  for (let count = 0; count < 160; count += 1) statuses.push((await ask(`/?q=${count}`, 1)).status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(150);
  const refused = await ask("/?q=again", 1);
  expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "1"]);
  expect((await ask("/_next/static/chunk.js", 1)).status).toBe(200);
  expect((await ask("/?q=elsewhere", 2)).status).toBe(200);
  clearInterval(next);
  await stop();
});

test("when many networks ask for pages, strangers are refused beyond a bound and accounts go first", async () => {
  const { held, ask, stop } = await house();
  const strangers = Array.from({ length: 120 }, (_, network) => ask(`/?q=${network}`, network));
  // No request is done yet, so it has the slot that anonymous clients cannot take.
  const account = ask("/account", 9_999, { cookie: "account=ada" });
  const own = await vi.waitFor(() => {
    const found = held.find(({ url }) => url === "/account");
    if (found === undefined) throw new Error("it does not render yet");
    return found;
  });
  expect(held.length).toBeLessThanOrEqual(4);
  own.go();
  expect((await account).status).toBe(200);
  const next = setInterval(() => {
    for (const { go } of held.splice(0)) go();
  }, 5);
  const statuses = (await Promise.all(strangers)).map(
    ({ status, headers }) => `${status} ${headers["retry-after"]}`,
  );
  expect(new Set(statuses)).toEqual(new Set(["200 undefined", "503 2"]));
  clearInterval(next);
  await stop();
});
