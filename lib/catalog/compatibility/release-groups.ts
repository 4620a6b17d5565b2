import type { CellDocument, ReleaseRowDocument } from "@/lib/catalog/compatibility/matrix";

/** Releases that follow each other and get the same answer. */
export type ReleaseGroup = {
  /** The newest and the oldest release of the group. */
  newest: string;
  oldest: string;
  count: number;
  /** Each once, newest first; null where one is unknown. */
  apiVersions: (string | null)[];
  /** Of the newest release; what is said is true of all of them. */
  offers: CellDocument[];
};

/** `rows` newest first, as in the matrix; the groups are, too. */
export function groupReleases(rows: readonly ReleaseRowDocument[]): ReleaseGroup[] {
  const groups: ReleaseGroup[] = [];
  let last: { key: string; group: ReleaseGroup } | undefined;
  for (const row of rows) {
    const key = answerOf(row);
    if (last?.key === key) {
      join(last.group, row);
      continue;
    }
    const { desktop, apiVersion, offers } = row;
    const group = { newest: desktop, oldest: desktop, count: 1, apiVersions: [apiVersion], offers };
    groups.push(group);
    last = { key, group };
  }
  return groups;
}

function join(group: ReleaseGroup, { desktop, apiVersion }: ReleaseRowDocument): void {
  group.oldest = desktop;
  group.count += 1;
  if (!group.apiVersions.includes(apiVersion)) group.apiVersions.push(apiVersion);
}

/** Equal for equal answers. Whether the API version was verified or inferred makes no other answer; an assumption does. */
function answerOf({ offers }: ReleaseRowDocument): string {
  return JSON.stringify(
    offers.map(({ offer, reason }) => [
      offer?.tag,
      offer?.confidence === "assumed",
      reason.code,
      reason.message,
    ]),
  );
}
