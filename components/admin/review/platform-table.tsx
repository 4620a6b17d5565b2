import { platformTitle } from "@/components/admin/case/label-rows";
import { byteSize } from "@/components/text/byte-size";
import { DigestText } from "@/components/text/digest-text";
import { ForeignText } from "@/components/text/foreign-text";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";

export function PlatformTable({ platforms }: { platforms: InspectionReport["platforms"] }) {
  return (
    <Table caption="Platforms" columns={["Platform", "Size", "Built", "Digest"]}>
      {platforms.map((platform) => {
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
