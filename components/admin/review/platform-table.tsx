import { platformTitle } from "@/components/admin/case/label-rows";
import { byteSize } from "@/components/text/byte-size";
import { DigestText } from "@/components/text/digest-text";
import { ForeignText } from "@/components/text/foreign-text";
import { FoldedRows } from "@/components/ui/fold";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";

type Platforms = InspectionReport["platforms"];

export function PlatformTable({ platforms }: { platforms: Platforms }) {
  return (
    <div className="space-y-3">
      <FoldedRows rows={platforms} more={(count) => `Show ${count} more platforms`}>
        {(rows, isFolded) => <Rows rows={rows} isFolded={isFolded} />}
      </FoldedRows>
    </div>
  );
}

function Rows({ rows, isFolded }: { rows: Readonly<Platforms>; isFolded: boolean }) {
  return (
    <Table
      caption={isFolded ? "More platforms" : "Platforms"}
      columns={["Platform", "Size", "Built", "Digest"]}
    >
      {rows.map((platform) => {
        const name = platformTitle(platform);
        return (
          <TableRow key={`${name} ${platform.digest}`}>
            <TableCell header>
              <ForeignText text={name} code />
            </TableCell>
            <TableCell label="Size">{byteSize(platform.sizeBytes)}</TableCell>
            <TableCell label="Built">
              {platform.created ? <Time at={platform.created} as="day" /> : "Not provided"}
            </TableCell>
            <TableCell label="Digest">
              <DigestText digest={platform.digest} copyLabel={`Copy the digest of ${name}`} />
            </TableCell>
          </TableRow>
        );
      })}
    </Table>
  );
}
