import { expect, test } from "vitest";
import type { UpdateItem } from "@/lib/catalog/documents/update-documents";
import { styleOf } from "@/scripts/gantry/terminal";
import { commandsFor } from "@/scripts/gantry/updates/update-commands";
import { updatesText } from "@/scripts/gantry/updates/updates-text";

const TARGET = {
  ...{
    repository: "acme/lens",
    tag: "1.2.0",
    version: "1.2.0",
    digest: "sha256:ab",
    reference: "acme/lens@sha256:ab",
  },
  ...{ confidence: "verified" as const, warnings: [] },
};

function item(changes: Partial<UpdateItem>): UpdateItem {
  return {
    ...{
      repository: "acme/lens",
      tag: "1.0.0",
      action: "none",
      target: null,
      deprecated: null,
      movedTo: null,
    },
    reason: { code: "x", message: "Because.", minimumDesktop: null },
    ...changes,
  };
}

test.each([
  [item({}), []],
  [item({ action: "update", target: TARGET }), ["docker extension update acme/lens@sha256:ab"]],
  [
    item({ action: "digest_differs", target: TARGET }),
    ["docker extension rm acme/lens", "docker extension install acme/lens@sha256:ab"],
  ],
  [item({ action: "yanked" }), ["docker extension rm acme/lens"]],
  [item({ action: "moved" }), []],
  [item({ action: "not_listed" }), []],
  [item({ action: "unknown", target: TARGET }), []],
])("%#", (one, commands) => {
  expect(commandsFor(one, false)).toEqual(commands);
});

test("a server puts nothing into a shell that is not an image's name", () => {
  for (const hostile of ["acme/lens; rm -rf ~", "$(id)", "`id`", "-v/:/host", "a\nb", "acme/lens'"]) {
    const target = { ...TARGET, repository: hostile };
    expect(() => commandsFor(item({ action: "update", target }), false)).toThrow("invalid image name");
    expect(() => commandsFor(item({ action: "blocked", repository: hostile }), false)).toThrow();
  }
});

test("what a server says is printed without characters that move the cursor", () => {
  const shown = updatesText(
    [item({ reason: { code: "x", message: "\u001b[2J\u202e", minimumDesktop: null } })],
    [],
    styleOf(false),
  );
  expect(shown).toContain("‹U+001B›[2J‹U+202E›");
});
