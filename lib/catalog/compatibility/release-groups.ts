import type { CellDocument, ReleaseRowDocument } from "@/lib/catalog/compatibility/matrix";

/** Releases that follow each other and get the same answer. */
export type ReleaseGroup = {
  /** The newest and the oldest release of the group. */
  newest: string;
  oldest: string;
  count: number;
  /** Each once, newest first; null where one is unknown. */
  apiVersions: (string | null)[];
  /** What is said is true of all of them. */
  offers: CellDocument[];
};

/** `rows` newest first, as in the matrix; the groups are, too. */
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

/** A sentence that names its own release, said of several. */
function withoutName({ reason, ...cell }: CellDocument, desktop: string): CellDocument {
  const message = reason.message.replaceAll(`Docker Desktop ${desktop}`, "these releases");
  return { ...cell, reason: { ...reason, message } };
}

/** Equal for equal answers. Whether the API version was verified or inferred makes no other answer; an assumption does. */
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
