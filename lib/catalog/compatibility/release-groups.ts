import type { CellDocument, ReleaseRowDocument } from "@/lib/catalog/compatibility/matrix";

/** Consecutive releases with the same offers and reasons. */
export type ReleaseGroup = {
  /** The newest and the oldest release of the group. */
  newest: string;
  oldest: string;
  count: number;
  /** Each once, newest first; null for an unknown one. */
  apiVersions: (string | null)[];
  /** Worded to hold for all releases of the group. */
  offers: CellDocument[];
};

/** Groups `rows`, which are newest first as in the matrix; so are the groups. */
export function groupReleases(rows: readonly ReleaseRowDocument[]): ReleaseGroup[] {
  const groups: ReleaseGroup[] = [];
  let lastKey: string | undefined;
  for (const row of rows) {
    const spoken = row.offers.map((cell) => withoutName(cell, row.desktop));
    const key = answerOf(spoken);
    const last = groups.at(-1);
    if (last !== undefined && lastKey === key) {
      join(last, row, spoken);
      continue;
    }
    const { desktop, apiVersion, offers } = row;
    groups.push({ newest: desktop, oldest: desktop, count: 1, apiVersions: [apiVersion], offers });
    lastKey = key;
  }
  return groups;
}

function join(
  group: ReleaseGroup,
  { desktop, apiVersion }: ReleaseRowDocument,
  spoken: CellDocument[],
): void {
  group.oldest = desktop;
  group.count += 1;
  group.offers = spoken;
  if (!group.apiVersions.includes(apiVersion)) group.apiVersions.push(apiVersion);
}

/** Replaces the release's name in the message, so that it fits the whole group. */
function withoutName({ reason, ...cell }: CellDocument, desktop: string): CellDocument {
  const message = reason.message.replaceAll(`Docker Desktop ${desktop}`, "these releases");
  return { ...cell, reason: { ...reason, message } };
}

/** Equal for equal cells. A verified and an inferred API version count as equal; an assumed one does not. */
function answerOf(offers: readonly CellDocument[]): string {
  return JSON.stringify(
    offers.map(({ offer, reason }) => [
      offer?.tag,
      offer?.confidence === "assumed",
      reason.code,
      reason.message,
    ]),
  );
}
