import { expect, test } from "vitest";
import { withoutEmails } from "@/lib/marketplace/history/without-emails";

const HIDDEN = "(hidden email address)";

test.each([
  ["ada@acme.example", HIDDEN],
  ["asked by ada.l+x@acme.example, twice", `asked by ${HIDDEN}, twice`],
  ["<ÄDA@bücher.example>", `<${HIDDEN}>`],
  ["root@localhost", HIDDEN],
  ["mailto:ada@acme.example", `mailto:${HIDDEN}`],
  ["docker.io/acme/disk-lens@sha256:0f", "docker.io/acme/disk-lens@sha256:0f"],
  ["@acme", "@acme"],
  ["4 @ 5", "4 @ 5"],
])("%s reads as %s", (text, expected) => {
  expect(withoutEmails(text)).toBe(expected);
});

test("values and keys at any depth lose their addresses, and everything else stays", () => {
  const value = { email: "a@b.example", people: [{ "c@d.example": { n: 1, none: null, yes: true } }] };
  expect(withoutEmails(value)).toEqual({
    email: HIDDEN,
    people: [{ [HIDDEN]: { n: 1, none: null, yes: true } }],
  });
});
