import {
  type Compatibility,
  compatibilityOfOffer,
  hostLabel,
} from "@/components/catalog/compatibility/compatibility";
import { CompatibilityBadge } from "@/components/catalog/compatibility/compatibility-line";
import { Badge } from "@/components/ui/badge";
import { FoldedRows } from "@/components/ui/fold";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import type { CellDocument } from "@/lib/catalog/compatibility/matrix";
import type { ReleaseGroup } from "@/lib/catalog/compatibility/release-groups";
import type { OfferDocument } from "@/lib/catalog/documents/documents";
import type { HostChoice } from "@/lib/catalog/queries/host-choice";

type CompatibilityTableProps = {
  groups: readonly ReleaseGroup[];
  /** The visitor's Docker Desktop and its offer. */
  own: { host: HostChoice; answer: OfferDocument } | undefined;
};

const SHOWN = 8;
const COLUMNS = ["Docker Desktop", "amd64 (Intel, AMD)", "arm64 (Apple, Arm)", "Notes"];

/** The offer for each Docker Desktop release, newest first, below the visitor's own. Older releases unfold. */
export function CompatibilityTable({ groups, own }: CompatibilityTableProps) {
  return (
    <div className="space-y-3">
      {own ? <OwnRow {...own} /> : null}
      <FoldedRows rows={groups} shown={SHOWN} more={(count) => `Show older releases (${count} more rows)`}>
        {(rows, isFolded) => (
          <Groups
            groups={rows}
            caption={`Version for ${isFolded ? "older" : "each"} Docker Desktop release${isFolded ? "s" : ""}`}
          />
        )}
      </FoldedRows>
    </div>
  );
}

function OwnRow({ host, answer }: NonNullable<CompatibilityTableProps["own"]>) {
  const compatibility = compatibilityOfOffer(answer, host);
  return (
    <div className="rounded-lg border border-accent bg-accent-soft px-4 py-3">
      <p className="text-sm text-ink-soft">Your Docker Desktop: {hostLabel(host)}</p>
      <p className="mt-1">
        <CompatibilityBadge compatibility={compatibility} judged />
      </p>
      {compatibility.why ? <p className="mt-1 text-sm text-pretty">{compatibility.why}</p> : null}
    </div>
  );
}

function Groups({ groups, caption }: { groups: readonly ReleaseGroup[]; caption: string }) {
  return (
    <Table caption={caption} columns={COLUMNS}>
      {groups.map((group) => (
        <TableRow key={group.newest}>
          <TableCell header>
            {spanOf(group)}
            <span className="block text-sm font-normal text-ink-soft">{apiText(group)}</span>
          </TableCell>
          {group.offers.map((cell) => (
            <TableCell key={cell.architecture} label={cell.architecture}>
              <Cell {...cell} />
            </TableCell>
          ))}
          <TableCell label="Notes">
            <Reasons cells={group.offers} />
          </TableCell>
        </TableRow>
      ))}
    </Table>
  );
}

function Cell({ offer, reason }: CellDocument) {
  if (offer === null) return <CompatibilityBadge compatibility={nothing(reason)} judged={false} />;
  const assumed = offer.confidence === "assumed";
  return (
    <Badge tone="success" icon="check-circle">
      {offer.version}
      {assumed ? " (likely)" : ""}
    </Badge>
  );
}

function nothing({ code }: CellDocument["reason"]): Compatibility {
  return {
    kind: code === "unknown_desktop" ? "unknown" : "never",
    label: code === "unknown_desktop" ? "Unknown" : "None",
  };
}

/** One sentence if both architectures share it, otherwise one for each. */
function Reasons({ cells }: { cells: readonly CellDocument[] }) {
  const held = cells.filter(({ reason }) => reason.code !== "newest");
  const messages = new Set(held.map(({ reason }) => reason.message));
  if (held.length === 0) return <span className="text-sm text-ink-soft">Latest version</span>;
  const isShared = messages.size === 1 && held.length === cells.length;
  return (
    <ul className="space-y-1 text-sm text-pretty text-ink-soft">
      {[...messages].map((message) => {
        const about = held.filter(({ reason }) => reason.message === message);
        const who = isShared ? "" : `${about.map(({ architecture }) => architecture).join(", ")}: `;
        return (
          <li key={message}>
            {who}
            {message}
          </li>
        );
      })}
    </ul>
  );
}

function spanOf({ newest, oldest, count }: ReleaseGroup): string {
  return count === 1 ? newest : `${oldest} to ${newest}`;
}

function apiText({ apiVersions, count }: ReleaseGroup): string {
  const known = apiVersions.filter((version) => version !== null);
  const apis =
    known.length === 0 ? "Extension API not documented" : `Extension API ${known.toReversed().join(", ")}`;
  return count === 1 ? apis : `${count} releases, ${apis}`;
}
