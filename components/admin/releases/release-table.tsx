import { ActionForm } from "@/components/ui/action-form";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { FieldSpec } from "@/components/ui/field-spec";
import type { FormAction } from "@/components/ui/form-state";
import type { IconName } from "@/components/ui/icon";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";

export type ReleaseActions = { put: FormAction; remove: FormAction };

type ReleaseTableProps = {
  releases: readonly DesktopRelease[];
  /** Undefined without permission to change releases. */
  actions: ReleaseActions | undefined;
};

export function ReleaseTable({ releases, actions }: ReleaseTableProps) {
  const columns = ["Docker Desktop", "Released", "Extension API", "Compose", "Confidence", "Source"];
  return (
    <Table caption="Docker Desktop releases" columns={actions ? [...columns, "Actions"] : columns}>
      {releases.map((release) => (
        <TableRow key={release.version}>
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
