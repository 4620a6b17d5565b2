import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { fillGzipSlots, gzipWithSlots } from "@/lib/process/page-cache/gzip-with-slots";
import { nonceTemplate, pageBody } from "@/lib/process/page-cache/nonce-template";
import { fillSlots, joinWithSlots } from "@/lib/process/page-cache/template-slots";
import { randomNonce } from "@/lib/process/pages/nonce";
import fc from "@/tests/builders/fast-check";

const PLACEHOLDER = "AbCdEfGhIjKlMnOpQrStUv";

const templateOf = (html: string) => nonceTemplate(html, PLACEHOLDER);

test.each([
  ["a script", `<script nonce="${PLACEHOLDER}">1</script>`],
  ["a script with other attributes", `<script src="/a.js" async="" nonce="${PLACEHOLDER}"></script>`],
  [
    "Next's description of a script",
    `<script nonce="${PLACEHOLDER}">p("{\\"nonce\\":\\"${PLACEHOLDER}\\"}")</script>`,
  ],
  ["no nonce at all", "<p>plain</p>"],
  ["nothing", ""],
])("a page with %s is kept, and each answer has its own nonce in the same places", (_what, html) => {
  const template = templateOf(html);
  if (template === undefined) throw new Error("not kept");
  for (const nonce of [randomNonce(), randomNonce()]) {
    const expected = html.replaceAll(PLACEHOLDER, nonce);
    expect(pageBody(template, nonce, "identity").toString()).toBe(expected);
    expect(gunzipSync(pageBody(template, nonce, "gzip")).toString()).toBe(expected);
  }
});

test.each([
  ["as text", `<p>${PLACEHOLDER}</p>`],
  ["in another attribute", `<p title="${PLACEHOLDER}"></p>`],
  ["in an attribute that ends like it", `<p data-nonce="${PLACEHOLDER}"></p>`],
  ["in a comment", `<!-- ${PLACEHOLDER} -->`],
  ["in an address", `<a href="/?nonce=${PLACEHOLDER}">x</a>`],
  ["at the start of a longer value", `<script nonce="${PLACEHOLDER}x"></script>`],
  ["at the end of a longer value", `<script nonce="x${PLACEHOLDER}"></script>`],
  ["twice in a row", `<script nonce="${PLACEHOLDER}${PLACEHOLDER}"></script>`],
  ["in a policy", `<meta http-equiv="content-security-policy" content="script-src 'nonce-${PLACEHOLDER}'">`],
  ["at the very start", PLACEHOLDER],
  ["rightly once and wrongly once", `<script nonce="${PLACEHOLDER}"></script><p>${PLACEHOLDER}</p>`],
])("a page that shows its nonce %s is not kept", (_what, html) => {
  expect(templateOf(html)).toBeUndefined();
});

test("filling never changes what is kept", () => {
  const template = templateOf(`<script nonce="${PLACEHOLDER}">1</script>`);
  if (template === undefined) throw new Error("not kept");
  pageBody(template, randomNonce(), "gzip");
  expect(pageBody(template, PLACEHOLDER, "identity").toString()).toContain(PLACEHOLDER);
});

test("the compressed page is the page, whatever stands around the nonces and however alike the nonces are to it", () => {
  const snippet = fc.constantFrom(
    "AAAA",
    "AbCdEf",
    "nonce",
    "\0\0\0\0",
    "é€😀",
    "<script src=/a.js>",
    "\uffff",
  );
  const long = fc.tuple(snippet, fc.nat(9_000)).map(([text, times]) => text.repeat(times));
  const part = fc.oneof(
    fc.string(),
    fc.array(snippet).map((all) => all.join("")),
    long,
  );
  const nonce = fc.constantFrom(
    "A".repeat(22),
    "AbCdEfGhIjKlMnOpQrStUv",
    "AbCdEfAbCdEfAbCdEfAbCd",
    "\0".repeat(22),
  );
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), nonce, (texts, value) => {
      const parts = texts.map((text) => Buffer.from(text, "utf8"));
      const plain = joinWithSlots(parts, 22);
      expect(fillSlots(plain, value).equals(Buffer.from(texts.join(value), "utf8"))).toBe(true);
      expect(
        gunzipSync(fillGzipSlots(gzipWithSlots(parts, 22), plain, value)).equals(fillSlots(plain, value)),
      ).toBe(true);
    }),
    { numRuns: 200 },
  );
});
