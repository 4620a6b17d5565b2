import { describe, expect, test } from "vitest";
import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import { afterUpdate, shippedUpdate } from "@/lib/marketplace/desktop-releases/shipped-update";
import { release } from "@/tests/builders/desktop-releases";
import fc from "@/tests/builders/fast-check";

const A = release("4.40.0", "0.3.4", "inferred");
const A_EDITED = { ...A, source: "Seen on a desk" };
const A_NEXT = { ...A, composeVersion: "2.34.0" };

const updated = (former: DesktopRelease[], current: DesktopRelease[], shipped: DesktopRelease[]) =>
  afterUpdate(current, shippedUpdate({ former, current, shipped }));

describe("an update of the shipped table", () => {
  test.each<[string, DesktopRelease[], DesktopRelease[], DesktopRelease[], DesktopRelease[]]>([
    ["adds a new release", [], [], [A], [A]],
    ["changes an unedited row", [A], [A], [A_NEXT], [A_NEXT]],
    ["keeps an edited row", [A], [A_EDITED], [A_NEXT], [A_EDITED]],
    ["keeps a removed row removed", [A], [], [A_NEXT], []],
    ["keeps a row that an admin added before it was shipped", [], [A_EDITED], [A], [A_EDITED]],
    ["removes a row that is no longer shipped", [A], [A], [], []],
    ["keeps an edited row that is no longer shipped", [A], [A_EDITED], [], [A_EDITED]],
    ["leaves a row of the admin's own", [], [A_EDITED], [], [A_EDITED]],
  ])("%s", (_what, former, current, shipped, expected) => {
    expect(updated(former, current, shipped)).toEqual(expected);
  });

  const table = fc
    .uniqueArray(
      fc.record({
        version: fc.constantFrom("4.1.0", "4.2.0", "4.3.0", "4.4.0"),
        api: fc.constantFrom("0.3.0", "0.3.4", null),
      }),
      { selector: ({ version }) => version },
    )
    .map((rows) => rows.map(({ version, api }) => release(version, api, "inferred")));

  test("never touches what an admin changed, and is complete after one pass", () => {
    fc.assert(
      fc.property(table, table, table, (former, current, shipped) => {
        const after = updated(former, current, shipped);
        const find = (rows: readonly DesktopRelease[], version: string) =>
          rows.find((row) => row.version === version);
        for (const { version } of [...former, ...current, ...shipped]) {
          const [base, mine, theirs] = [former, current, shipped].map((rows) => find(rows, version));
          const isEdited = JSON.stringify(base) !== JSON.stringify(mine);
          expect(find(after, version)).toEqual(isEdited ? mine : theirs);
        }
        expect(new Set(after.map(({ version }) => version)).size).toBe(after.length);
        expect(updated(shipped, after, shipped)).toEqual(after);
      }),
    );
  });
});
