import { entryHref } from "@/components/admin/entry-address";
import { shortDigest } from "@/components/text/digest-text";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { IconName } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { exactTime } from "@/components/ui/relative-time";
import { Time } from "@/components/ui/time";
import type { ListingCause, ListingChange } from "@/lib/marketplace/history/allow-list-difference";
import type { AllowListItem } from "@/lib/marketplace/publishing/allow-list-item";

type Kind = { words: string; tone: BadgeTone; icon: IconName };

/** What came onto the list, what left it, and what changed on it: old beside new, with the reasons in between. */
export function ListingChanges({ changes }: { changes: readonly ListingChange[] }) {
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
      {changes.map((change) => {
        const { words, tone, icon } = kindOf(change);
        return (
          <li key={change.repository} className="space-y-2 px-4 py-3 sm:px-5">
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <h2 className="min-w-0 font-semibold break-all">
                <Link plain href={entryHref(change.repository)} className="hover:underline">
                  {change.repository}
                </Link>
              </h2>
              <Badge tone={tone} icon={icon}>
                {words}
              </Badge>
            </div>
            <Differences change={change} />
            <Causes causes={change.causes} />
          </li>
        );
      })}
    </ul>
  );
}

function kindOf({ before, after }: ListingChange): Kind {
  if (before === null) return { words: "Added", tone: "success", icon: "plus" };
  if (after === null) return { words: "Removed", tone: "danger", icon: "minus" };
  return { words: "Changed", tone: "info", icon: "pencil" };
}

function Differences({ change: { before, after, fields } }: { change: ListingChange }) {
  if (before === null || after === null) {
    const item = after ?? before;
    return item === null ? null : <p className="text-ink-soft">{itemWords(item)}</p>;
  }
  return (
    <dl className="space-y-1">
      {SHOWN.filter(({ field }) => fields.includes(field)).map(({ field, term, words }) => (
        <div key={field} className="gap-x-3 sm:flex">
          <dt className="shrink-0 text-sm text-ink-soft sm:w-28 sm:text-base">{term}</dt>
          <dd className="min-w-0 break-words">
            <del className="rounded-sm bg-danger-soft px-1 text-danger">{words(before)}</del>
            <span aria-hidden="true"> → </span>
            <ins className="rounded-sm bg-success-soft px-1 text-success no-underline">{words(after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

type Shown = { field: keyof AllowListItem; term: string; words: (item: AllowListItem) => string };

/** The reference follows from the digest, and so does the version from the tag. */
const SHOWN: readonly Shown[] = [
  { field: "tag", term: "Version", words: ({ tag }) => tag ?? "none" },
  {
    field: "digest",
    term: "Digest",
    words: ({ digest }) => (digest === null ? "none" : shortDigest(digest)),
  },
  { field: "track", term: "Admits", words: trackOf },
  { field: "range", term: "Range", words: ({ range }) => range ?? "none" },
  { field: "since", term: "In force since", words: ({ since }) => exactTime(new Date(since)) },
  {
    field: "expiresAt",
    term: "Expires",
    words: ({ expiresAt }) => (expiresAt === null ? "never" : exactTime(new Date(expiresAt))),
  },
];

function trackOf({ track }: AllowListItem): string {
  switch (track) {
    case "follow":
      return "all versions";
    case "range":
      return "a range";
    case "pin":
      return "one version";
  }
}

function itemWords(item: AllowListItem): string {
  const version = item.tag === null ? "Nothing that may be installed yet" : `Version ${item.tag}`;
  const range = item.range === null ? "" : ` (${item.range})`;
  return `${version}; admits ${trackOf(item)}${range}`;
}

function Causes({ causes }: { causes: readonly ListingCause[] }) {
  if (causes.length === 0) return null;
  return (
    <p className="text-sm text-ink-soft">
      {causes.map(({ at, cause }, index) => (
        <span key={`${cause} ${at.toISOString()}`}>
          {index > 0 ? " · " : null}
          {causeWords(cause)} <Time at={at} />
        </span>
      ))}
    </p>
  );
}

const CAUSES: Readonly<Record<string, string>> = {
  add: "Added by hand",
  approve: "Approved",
  change: "Changed by hand",
  scan: "A scan found a version",
  expire: "Its time was over",
  suspend: "Suspended",
  resume: "Resumed",
  revoke: "Revoked",
  renew: "Renewed",
  list: "A version was listed",
  hold: "A version was held",
  yank: "A version was yanked",
  block: "A version was blocked",
  restore: "A version was restored",
  policy: "The policy changed",
};

/** What was done, in words where they are known. */
function causeWords(cause: string): string {
  return Object.hasOwn(CAUSES, cause) ? (CAUSES[cause] ?? cause) : cause;
}
