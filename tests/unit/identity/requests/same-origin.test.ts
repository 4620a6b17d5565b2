import { expect, test } from "vitest";
import { requireSameOrigin } from "@/lib/identity/requests/same-origin";

const HTTPS = "https://gantry.example";
const HTTP = "http://127.0.0.1:3000";

type Row = [what: string, url: string, headers: { origin?: string; host?: string; secFetchSite?: string }];

const own: Row[] = [
  ["the public address", HTTPS, { origin: HTTPS, host: "gantry.example" }],
  ["the public address behind a proxy that rewrites Host", HTTPS, { origin: HTTPS, host: "10.0.0.7:3000" }],
  [
    "a browser that also tells the site",
    HTTPS,
    { origin: HTTPS, host: "gantry.example", secFetchSite: "same-origin" },
  ],
  ["a browser that tells only the site", HTTPS, { host: "gantry.example", secFetchSite: "same-origin" }],
  ["another name of this machine", HTTP, { origin: "http://localhost:3000", host: "localhost:3000" }],
];

test.each(own)("ours: %s", (_what, url, headers) => {
  expect(() => check(headers, url)).not.toThrow();
});

const foreign: Row[] = [
  ["nothing said", HTTPS, { host: "gantry.example" }],
  ["another site", HTTPS, { origin: "https://evil.example", host: "gantry.example" }],
  ["an opaque origin", HTTPS, { origin: "null", host: "gantry.example" }],
  ["a subdomain", HTTPS, { origin: "https://x.gantry.example", host: "gantry.example" }],
  [
    "the address as a prefix",
    HTTPS,
    { origin: "https://gantry.example.evil.example", host: "gantry.example" },
  ],
  ["plain http on an https instance", HTTPS, { origin: "http://gantry.example", host: "gantry.example" }],
  ["another port", HTTP, { origin: "http://127.0.0.1:3001", host: "127.0.0.1:3000" }],
  ["same-site only", HTTPS, { origin: HTTPS, host: "gantry.example", secFetchSite: "same-site" }],
  [
    "cross-site, whatever Origin says",
    HTTPS,
    { origin: HTTPS, host: "gantry.example", secFetchSite: "cross-site" },
  ],
  ["typed by hand", HTTPS, { host: "gantry.example", secFetchSite: "none" }],
  ["no address at all", HTTPS, { origin: "%%%", host: "gantry.example" }],
  ["an empty Origin", HTTPS, { origin: "", host: "" }],
  ["a scheme without a host", HTTP, { origin: "data:text/html,x", host: "" }],
];

test.each(foreign)("refused: %s", (_what, url, headers) => {
  expect(() => check(headers, url)).toThrow(expect.objectContaining({ code: "cross_origin" }));
});

function check(headers: Row[2], url: string): void {
  const { origin, host, secFetchSite } = headers;
  requireSameOrigin({ origin, host, secFetchSite }, url);
}
