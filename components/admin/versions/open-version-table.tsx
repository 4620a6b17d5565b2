import { entryHref, versionCaseHref } from "@/components/admin/entry-address";
import { VersionReason } from "@/components/admin/versions/entry-versions";
import { VersionActions } from "@/components/admin/versions/version-actions";
import { VersionStateBadges } from "@/components/admin/versions/version-state";
import { DigestText } from "@/components/text/digest-text";
import type { FormAction } from "@/components/ui/form-state";
import { Link } from "@/components/ui/link";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import type { OpenVersion } from "@/lib/marketplace/versions/open-versions";

type OpenVersionTableProps = {
  caption: string;
  versions: readonly OpenVersion[];
  decide: FormAction;
  /** The page to return to. */
  from: string;
};

export function OpenVersionTable({ caption, versions, decide, from }: OpenVersionTableProps) {
  return (
    <Table caption={caption} columns={["Version", "State", "Reason", "Actions"]}>
      {versions.map((version) => (
        <TableRow key={`${version.repository}:${version.tag}`}>
          <TableCell header>
            <Link href={entryHref(version.repository)}>
              <bdi>{version.title ?? version.repository}</bdi>
            </Link>{" "}
            <Link href={versionCaseHref(version.repository, version.tag)}>{version.tag}</Link>
            <span className="block text-sm font-normal break-all text-ink-soft">{version.repository}</span>
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
            <VersionActions repository={version.repository} version={version} action={decide} from={from} />
          </TableCell>
        </TableRow>
      ))}
    </Table>
  );
}
