import { FoldedRows } from "@/components/ui/fold";
import { Notice } from "@/components/ui/notice";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import type { ReleaseImportResult } from "@/lib/marketplace/desktop-releases/import-desktop-releases";

/** What an import would add and change, before anything is stored. */
export function ImportPreview({ preview }: { preview: ReleaseImportResult }) {
  const { added, changed, unchanged } = preview;
  const rows = [
    ...added.map((after) => ({ before: undefined, after })),
    ...changed.map(({ before, after }) => ({ before, after })),
  ];
  return (
    <div className="space-y-3">
      <Notice title={`${added.length} new, ${changed.length} changed, ${unchanged} unchanged`}>
        Nothing is stored yet. Offers change as soon as you import.
      </Notice>
      {rows.length === 0 ? null : (
        <FoldedRows rows={rows} more={(count) => `Show ${count} more releases`}>
          {(some, isFolded) => (
            <Table
              caption={isFolded ? "More changes" : "Changes"}
              columns={[
                "Docker Desktop",
                "Change",
                "Extension API",
                "Compose",
                "Released",
                "Confidence",
                "Source",
              ]}
            >
              {some.map(({ before, after }) => (
                <TableRow key={after.version}>
                  <TableCell header>{after.version}</TableCell>
                  <TableCell label="Change">{before ? "Changed" : "New"}</TableCell>
                  <Cell label="Extension API" name="apiVersion" before={before} after={after} />
                  <Cell label="Compose" name="composeVersion" before={before} after={after} />
                  <Cell label="Released" name="releasedOn" before={before} after={after} />
                  <Cell label="Confidence" name="confidence" before={before} after={after} />
                  <Cell label="Source" name="source" before={before} after={after} />
                </TableRow>
              ))}
            </Table>
          )}
        </FoldedRows>
      )}
    </div>
  );
}

type CellProps = {
  label: string;
  name: keyof DesktopRelease;
  before: DesktopRelease | undefined;
  after: DesktopRelease;
};

function Cell({ label, name, before, after }: CellProps) {
  const [old, now] = [before?.[name] ?? "Unknown", after[name] ?? "Unknown"];
  return (
    <TableCell label={label} className="text-sm">
      {before === undefined || old === now ? null : <del className="me-1 text-ink-soft">{old}</del>}
      {now}
    </TableCell>
  );
}
