import { entryHref, versionCaseHref } from "@/components/admin/entry-address";
import { deciderLabel } from "@/components/admin/people/role-labels";
import { VersionActions } from "@/components/admin/versions/version-actions";
import { VersionStateBadges } from "@/components/admin/versions/version-state";
import { DigestText } from "@/components/text/digest-text";
import { FoldedRows } from "@/components/ui/fold";
import type { FormAction } from "@/components/ui/form-state";
import { Link } from "@/components/ui/link";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { EntryVersion } from "@/lib/marketplace/entries/get-entry";

type EntryVersionsProps = { repository: string; versions: readonly EntryVersion[]; decide: FormAction };

export function EntryVersions(props: EntryVersionsProps) {
  return (
    <div className="space-y-3">
      <FoldedRows rows={props.versions} more={(count) => `Show ${count} older versions`}>
        {(rows, isFolded) => <Rows {...props} rows={rows} isFolded={isFolded} />}
      </FoldedRows>
    </div>
  );
}

type RowsProps = Omit<EntryVersionsProps, "versions"> & { rows: readonly EntryVersion[]; isFolded: boolean };

function Rows({ repository, rows, isFolded, decide }: RowsProps) {
  return (
    <Table
      caption={isFolded ? "Older versions" : "Versions"}
      columns={["Version", "State", "Reason", "Actions"]}
    >
      {rows.map((version) => (
        <TableRow key={version.tag}>
          <TableCell header>
            <Link href={versionCaseHref(repository, version.tag)}>{version.tag}</Link>
            <span className="block font-normal">
              <DigestText digest={version.digest} copyLabel={`Copy the digest of ${version.tag}`} />
            </span>
          </TableCell>
          <TableCell label="State">
            <VersionStateBadges version={version} />
          </TableCell>
          <TableCell label="Reason">
            <VersionReason version={version} />
          </TableCell>
          <TableCell>
            <VersionActions
              repository={repository}
              version={version}
              action={decide}
              from={entryHref(repository)}
            />
          </TableCell>
        </TableRow>
      ))}
    </Table>
  );
}

/** The reason for a version's state, its access beyond the approval, and where its tag points now. */
export function VersionReason({ version }: { version: EntryVersion }) {
  const { visibility, reason, decidedBy, listedAt, beyondApproval, findings, moved } = version;
  return (
    <div className="space-y-1.5 text-sm">
      {reason ? <p>{reason.message}</p> : null}
      {visibility !== "listed" && decidedBy ? (
        <p className="text-ink-soft">Decided by {deciderLabel(decidedBy)}</p>
      ) : null}
      {visibility === "listed" && listedAt ? (
        <p>
          Listed <Time at={listedAt} />
        </p>
      ) : null}
      {findings.map(({ code, message, suggestion }) => (
        <p key={code}>
          {message} <span className="text-ink-soft">{suggestion}</span>
        </p>
      ))}
      {beyondApproval.length > 0 ? (
        <div>
          <p className="text-ink-soft">New access since approval:</p>
          <FoldedRows rows={beyondApproval} more={(count) => `Show ${count} more`}>
            {(some) => (
              <ul className="list-disc ps-5">
                {some.map((words) => (
                  <li key={words}>{words}</li>
                ))}
              </ul>
            )}
          </FoldedRows>
        </div>
      ) : null}
      {moved ? (
        <p>
          The tag has pointed to another image since <Time at={moved.seenAt} />:{" "}
          <DigestText digest={moved.digest} copyLabel="Copy the new digest" />
        </p>
      ) : null}
    </div>
  );
}
