import { trackLabel } from "@/components/admin/entries/entry-labels";
import { EntryStateBadge } from "@/components/admin/entries/entry-state";
import { deciderLabel } from "@/components/admin/people/role-labels";
import { extensionHref } from "@/components/catalog/catalog-address";
import { DigestText } from "@/components/text/digest-text";
import { DefinitionList } from "@/components/ui/definition-list";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { EntryDetail } from "@/lib/marketplace/entries/get-entry";

export function EntryFacts({ entry }: { entry: EntryDetail }) {
  const { repository, state, pin, since, expiresAt, reason, decidedBy, deprecated, movedTo } = entry;
  return (
    <DefinitionList
      items={[
        { term: "State", details: <EntryStateBadge state={state} /> },
        {
          term: "Allowed versions",
          details: (
            <>
              {trackLabel(entry)} {pin ? <DigestText digest={pin.digest} /> : null}
            </>
          ),
        },
        { term: "Active since", details: <Time at={since} /> },
        { term: "Expires", details: expiresAt ? <Time at={expiresAt} as="day" /> : "Never" },
        ...(reason ? [{ term: "Last reason", details: reason }] : []),
        ...(decidedBy ? [{ term: "Stopped by", details: deciderLabel(decidedBy) }] : []),
        ...(deprecated ? [{ term: "Deprecated", details: <Deprecated {...deprecated} /> }] : []),
        ...(movedTo
          ? [{ term: "Moved to", details: <Link href={extensionHref(movedTo, undefined)}>{movedTo}</Link> }]
          : []),
        {
          term: "Catalog",
          details: <Link href={extensionHref(repository, undefined)}>View public page</Link>,
        },
      ]}
    />
  );
}

function Deprecated({ message, replacement }: NonNullable<EntryDetail["deprecated"]>) {
  return (
    <>
      {message}
      {replacement ? (
        <>
          {" "}
          Use <Link href={extensionHref(replacement, undefined)}>{replacement}</Link> instead.
        </>
      ) : null}
    </>
  );
}
