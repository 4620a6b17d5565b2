import { entryHref } from "@/components/admin/entry-address";
import { shortDigest } from "@/components/text/digest-text";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { IconName } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { exactTime } from "@/components/ui/relative-time";
import { Time } from "@/components/ui/time";
import type { ListingCause, ListingChange } from "@/lib/marketplace/history/allow-list-difference";
import type { AllowListItem } from "@/lib/marketplace/publishing/allow-list-item";

type Kind = { label: string; tone: BadgeTone; icon: IconName };

/** Additions, removals and changes of the allow-list, with the actions that caused them. */
export function ListingChanges({ changes }: { changes: readonly ListingChange[] }) {
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
      {changes.map((change) => {
        const { label, tone, icon } = kindOf(change);
        return (
          <li key={change.repository} className="space-y-2 px-4 py-3 sm:px-5">
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <h2 className="min-w-0 font-semibold break-all">
                <Link plain href={entryHref(change.repository)} className="hover:underline">
                  {change.repository}
                </Link>
              </h2>
              <Badge tone={tone} icon={icon}>
                {label}
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
  if (before === null) return { label: "Added", tone: "success", icon: "plus" };
  if (after === null) return { label: "Removed", tone: "danger", icon: "minus" };
  return { label: "Changed", tone: "info", icon: "pencil" };
}

function Differences({ change: { before, after, fields } }: { change: ListingChange }) {
  if (before === null || after === null) {
    const item = after ?? before;
    return item === null ? null : <p className="text-ink-soft">{itemText(item)}</p>;
  }
  return (
    <dl className="space-y-1">
      {SHOWN.filter(({ field }) => fields.includes(field)).map(({ field, term, text }) => (
        <div key={field} className="gap-x-3 sm:flex">
          <dt className="shrink-0 text-sm text-ink-soft sm:w-28 sm:text-base">{term}</dt>
          <dd className="min-w-0 break-words">
            <del className="rounded-sm bg-danger-soft px-1 text-danger">{text(before)}</del>
            <span aria-hidden="true"> → </span>
            <ins className="rounded-sm bg-success-soft px-1 text-success no-underline">{text(after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

type Shown = { field: keyof AllowListItem; term: string; text: (item: AllowListItem) => string };

/** Without fields that follow from others: the reference and the version. */
const SHOWN: readonly Shown[] = [
  { field: "tag", term: "Version", text: ({ tag }) => tag ?? "none" },
  {
    field: "digest",
    term: "Digest",
    text: ({ digest }) => (digest === null ? "none" : shortDigest(digest)),
  },
  { field: "track", term: "Allowed versions", text: trackOf },
  { field: "range", term: "Range", text: ({ range }) => range ?? "none" },
  { field: "since", term: "Active since", text: ({ since }) => exactTime(new Date(since)) },
  {
    field: "expiresAt",
    term: "Expires",
    text: ({ expiresAt }) => (expiresAt === null ? "never" : exactTime(new Date(expiresAt))),
  },
];

function trackOf({ track }: AllowListItem): string {
  switch (track) {
    case "follow":
      return "all versions";
    case "range":
      return "a range of versions";
    case "pin":
      return "one version";
  }
}

function itemText(item: AllowListItem): string {
  const version = item.tag === null ? "No installable version yet" : `Version ${item.tag}`;
  const allowed = item.range === null ? trackOf(item) : `versions ${item.range}`;
  return `${version}; ${allowed} allowed`;
}

function Causes({ causes }: { causes: readonly ListingCause[] }) {
  if (causes.length === 0) return null;
  return (
    <p className="text-sm text-ink-soft">
      {causes.map(({ at, cause }, index) => (
        <span key={`${cause} ${at.toISOString()}`}>
          {index > 0 ? " · " : null}
          {causeLabel(cause)} <Time at={at} />
        </span>
      ))}
    </p>
  );
}

const CAUSES: Readonly<Record<string, string>> = {
  add: "Added manually",
  approve: "Approved",
  change: "Changed manually",
  scan: "A scan found a version",
  expire: "Expired",
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

/** The label of a cause; an unknown cause is shown unchanged. */
function causeLabel(cause: string): string {
  return Object.hasOwn(CAUSES, cause) ? (CAUSES[cause] ?? cause) : cause;
}
