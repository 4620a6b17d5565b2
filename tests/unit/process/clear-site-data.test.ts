import http from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clearSiteDataOnSignOut } from "@/lib/process/pages/clear-site-data";

const URL_OF_US = "https://gantry.example";
const EPOCH = "Expires=Thu, 01 Jan 1970 00:00:00 GMT";

let server: http.Server;
let address: string;

/** Sets the cookies that the request names, as JSON. */
beforeAll(async () => {
  server = http.createServer((req, res) => {
    clearSiteDataOnSignOut(res, URL_OF_US);
    const cookies: unknown = JSON.parse(String(req.headers["x-cookies"]));
    for (const cookie of [cookies].flat()) res.appendHeader("set-cookie", String(cookie));
    res.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("the server has no port");
  address = `http://127.0.0.1:${bound.port}`;
});

afterAll(() => server.close());

test.each<[name: string, cookies: string[], header: string | null]>([
  [
    "an answer that takes the session cookie away empties the storage and leaves other cookies",
    ["__Host-gantry-flash=x; Path=/", `__Host-gantry-session=; Path=/; ${EPOCH}`],
    '"storage"',
  ],
  ["one that sets a session does not", ["__Host-gantry-session=abc; Path=/"], null],
  ["nor one that clears another cookie", [`gantry-session=; Path=/; ${EPOCH}`], null],
  ["nor one without cookies", [], null],
])("%s", async (_name, cookies, header) => {
  const answer = await fetch(address, { headers: { "x-cookies": JSON.stringify(cookies) } });
  expect(answer.headers.getSetCookie()).toEqual(cookies);
  expect(answer.headers.get("clear-site-data")).toBe(header);
});
