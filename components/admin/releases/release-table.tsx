import { apiWords, groupByApi, groupTitle } from "@/components/admin/releases/release-groups";
import { ActionForm } from "@/components/ui/action-form";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { FieldSpec } from "@/components/ui/field-spec";
import { Fold, FoldedRows } from "@/components/ui/fold";
import type { FormAction } from "@/components/ui/form-state";
import type { IconName } from "@/components/ui/icon";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import type { ReleaseView } from "@/lib/marketplace/desktop-releases/desktop-releases";

export type ReleaseActions = { put: FormAction; remove: FormAction };

type ReleaseTableProps = {
  /** Newest first. */
  releases: readonly ReleaseView[];
  /** Undefined without permission to change releases. */
  actions: ReleaseActions | undefined;
};

const COLUMNS = ["Docker Desktop", "Released", "Extension API", "Compose", "Confidence", "Source"];

/** Releases with the same Extension API in one group; the newest group is open. */
export function ReleaseTable({ releases, actions }: ReleaseTableProps) {
  return (
    <div className="space-y-4">
      {groupByApi(releases).map((group, index) => (
        <Fold key={group.id} title={groupTitle(group)} open={index === 0}>
          <div className="space-y-3">
            <FoldedRows rows={group.releases} more={(count) => `Show ${count} older releases`}>
              {(rows, isFolded) => (
                <Rows
                  caption={
                    isFolded ? `Older releases with ${apiWords(group)}` : `Releases with ${apiWords(group)}`
                  }
                  releases={rows}
                  actions={actions}
                />
              )}
            </FoldedRows>
          </div>
        </Fold>
      ))}
    </div>
  );
}

type RowsProps = ReleaseTableProps & { caption: string };

function Rows({ caption, releases, actions }: RowsProps) {
  return (
    <Table caption={caption} columns={actions ? [...COLUMNS, "Actions"] : COLUMNS}>
      {releases.map((release) => (
        <TableRow key={release.version} id={`release-${release.version.replaceAll(".", "-")}`}>
          <TableCell header>{release.version}</TableCell>
          <TableCell label="Released" className="sm:whitespace-nowrap">
            {release.releasedOn ?? "Unknown"}
          </TableCell>
          <TableCell label="Extension API">{release.apiVersion ?? "Unknown"}</TableCell>
          <TableCell label="Compose">{release.composeVersion ?? "Unknown"}</TableCell>
          <TableCell label="Confidence">
            <ConfidenceBadge confidence={release.confidence} />
          </TableCell>
          <TableCell label="Source" className="text-sm">
            {release.source}
            {release.shipped ? <ShippedValues shipped={release.shipped} actions={actions} /> : null}
          </TableCell>
          {actions ? (
            <TableCell>
              <ReleaseRowActions release={release} actions={actions} />
            </TableCell>
          ) : null}
        </TableRow>
      ))}
    </Table>
  );
}

/** What Gantry ships for a release that was edited here. */
function ShippedValues({
  shipped,
  actions,
}: {
  shipped: DesktopRelease;
  actions: ReleaseActions | undefined;
}) {
  const { apiVersion, composeVersion, releasedOn, confidence, source } = shipped;
  return (
    <div className="mt-1 text-ink-soft">
      Edited here. Gantry ships: Extension API {apiVersion ?? "unknown"}, Compose{" "}
      {composeVersion ?? "unknown"}, released {releasedOn ?? "unknown"},{" "}
      {CONFIDENCES[confidence].label.toLowerCase()}. {source}
      {actions ? <UseShipped shipped={shipped} action={actions.put} submit="Use Gantry’s values" /> : null}
    </div>
  );
}

type UseShippedProps = { shipped: DesktopRelease; action: FormAction; submit: string };

/** A button that stores the shipped values, so that later versions of Gantry update them again. */
export function UseShipped({ shipped, action, submit }: UseShippedProps) {
  const { version, apiVersion, composeVersion, releasedOn, confidence, source } = shipped;
  return (
    <ActionForm
      action={action}
      id={`shipped-${version.replaceAll(".", "-")}`}
      about={{
        version,
        apiVersion: apiVersion ?? "",
        composeVersion: composeVersion ?? "",
        releasedOn: releasedOn ?? "",
        confidence,
        source,
      }}
      submit={submit}
      submitWidth="fit"
      look="quiet"
    />
  );
}

type ConfidenceLook = { tone: BadgeTone; icon: IconName; label: string };

const CONFIDENCES: Record<DesktopRelease["confidence"], ConfidenceLook> = {
  verified: { tone: "success", icon: "check-circle", label: "Verified" },
  inferred: { tone: "info", icon: "info", label: "Inferred" },
  unverified: { tone: "warning", icon: "question", label: "Not verified" },
};

function ConfidenceBadge({ confidence }: Pick<DesktopRelease, "confidence">) {
  const { tone, icon, label } = CONFIDENCES[confidence];
  return (
    <Badge tone={tone} icon={icon}>
      {label}
    </Badge>
  );
}

function ReleaseRowActions({ release, actions }: { release: DesktopRelease; actions: ReleaseActions }) {
  const { version } = release;
  const id = version.replaceAll(".", "-");
  return (
    <div className="flex flex-wrap gap-2 lg:flex-nowrap">
      <ActionForm
        action={actions.put}
        id={`change-${id}`}
        about={{ version }}
        dialog={{ trigger: "Change", title: `Change Docker Desktop ${version}`, size: "small" }}
        fields={releaseFields(release)}
        submit="Save release"
      />
      <ActionForm
        action={actions.remove}
        id={`remove-${id}`}
        about={{ version }}
        dialog={{
          trigger: "Remove",
          title: `Remove Docker Desktop ${version}?`,
          size: "small",
          look: "danger",
        }}
        note="Compatibility with this release is then derived from the releases before and after it."
        submit="Remove release"
        look="danger"
      />
    </div>
  );
}

/** The facts of a release as fields, without its version. */
export function releaseFields(release: DesktopRelease | undefined): FieldSpec[] {
  return [
    {
      kind: "line",
      name: "apiVersion",
      label: "Extension API version",
      hint: "The output of docker extension version, such as 0.3.4. Leave empty if unknown.",
      mono: true,
      maxLength: 64,
      value: release?.apiVersion ?? "",
    },
    {
      kind: "line",
      name: "composeVersion",
      label: "Docker Compose version (optional)",
      hint: "The output of docker compose version --short, such as 2.40.3. Leave empty if unknown.",
      mono: true,
      maxLength: 64,
      value: release?.composeVersion ?? "",
    },
    {
      kind: "line",
      type: "date",
      name: "releasedOn",
      label: "Released on (optional)",
      value: release?.releasedOn ?? "",
    },
    {
      kind: "select",
      name: "confidence",
      label: "Confidence",
      options: [
        { value: "verified", label: "Verified: seen on a machine or in release notes" },
        { value: "inferred", label: "Inferred: based on the releases before and after it" },
        { value: "unverified", label: "Not verified" },
      ],
      value: release?.confidence ?? "verified",
    },
    {
      kind: "line",
      name: "source",
      label: "Source",
      hint: "Where you found the API version.",
      required: true,
      maxLength: 500,
      value: release?.source ?? "",
    },
  ];
}
