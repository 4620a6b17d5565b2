import { ActionForm, type ActionFormProps } from "@/components/ui/action-form";
import { type FieldSpec, reasonField } from "@/components/ui/field-spec";
import type { FormAction } from "@/components/ui/form-state";
import type { VersionAct } from "@/lib/marketplace/versions/version-command-input";
import type { VersionView } from "@/lib/marketplace/versions/version-view";

export type ActionableVersion = VersionView & { beyondApproval: readonly string[] };

type VersionActionsProps = {
  repository: string;
  version: ActionableVersion;
  action: FormAction;
  /** The page to return to. */
  from: string;
};

/** The actions that a version's state allows; each requires a reason. */
export function VersionActions({ repository, version, action, from }: VersionActionsProps) {
  return (
    <div className="flex flex-wrap gap-2">
      {actionsFor(version).map(({ act, expectedDigest, key, ...spec }) => (
        <ActionForm
          key={key}
          action={action}
          id={`${key}-${repository}-${version.tag}`.replaceAll(/[^\w-]/g, "_")}
          about={{ repository, tag: version.tag, act, expectedDigest, from }}
          {...spec}
        />
      ))}
    </div>
  );
}

type ActionSpec = Pick<ActionFormProps, "submit" | "look" | "note" | "fields" | "dialog"> & {
  key: string;
  act: VersionAct;
  expectedDigest: string;
};

function actionsFor(version: ActionableVersion): ActionSpec[] {
  const { tag, digest, visibility, moved } = version;
  const listable = visibility === "held" || visibility === "unlisted";
  return [
    ...(moved && visibility !== "yanked" && visibility !== "blocked"
      ? [acceptMoved(tag, moved.digest), ...(visibility === "listed" ? [refuseMoved(tag, digest)] : [])]
      : []),
    ...(listable ? [list(version)] : []),
    ...(visibility === "listed" && !moved ? [hold(tag, digest)] : []),
    ...(visibility === "listed" || visibility === "held" ? [yank(tag, digest)] : []),
    ...(visibility === "yanked" || visibility === "blocked" ? [restore(version)] : []),
    block(version),
  ];
}

function list({ tag, digest, beyondApproval }: ActionableVersion): ActionSpec {
  return {
    key: "list",
    act: "list",
    expectedDigest: digest,
    dialog: { trigger: "List", title: `List ${tag}?`, size: "small", look: "primary" },
    note: "It will be offered to everyone whose Docker Desktop can run it.",
    fields: [...widening(beyondApproval), reasonField()],
    submit: "List version",
  };
}

/** Only for a version with more access than was approved. */
function widening(beyond: readonly string[]): FieldSpec[] {
  if (beyond.length === 0) return [];
  return [
    {
      kind: "choice",
      name: "widenEnvelope",
      label: `This version needs new access: ${beyond.join(", ")}. Approve it for:`,
      value: "no",
      options: [
        { value: "no", label: "This version only", hint: "Later versions with this access are held." },
        { value: "yes", label: "This and later versions", hint: "Later versions are listed without review." },
      ],
    },
  ];
}

function acceptMoved(tag: string, movedDigest: string): ActionSpec {
  return {
    key: "accept",
    act: "list",
    expectedDigest: movedDigest,
    dialog: { trigger: "Accept new image", title: `Accept the new image of ${tag}?`, size: "small" },
    note: "Lists the image that the tag points to now instead of the old one. People who installed the old image will be told it changed.",
    fields: [
      { kind: "check", name: "widenEnvelope", label: "Approve this image’s access for later versions too" },
      reasonField(),
    ],
    submit: "Accept new image",
  };
}

function refuseMoved(tag: string, digest: string): ActionSpec {
  return {
    key: "refuse",
    act: "hold",
    expectedDigest: digest,
    dialog: { trigger: "Reject and hold", title: `Reject the new image of ${tag}?`, size: "small" },
    note: "The version is no longer offered until someone decides again. To keep offering the reviewed image by its digest, close this dialog: no action is needed.",
    fields: [reasonField()],
    submit: "Hold version",
  };
}

function hold(tag: string, digest: string): ActionSpec {
  return {
    key: "hold",
    act: "hold",
    expectedDigest: digest,
    dialog: { trigger: "Hold", title: `Hold ${tag}?`, size: "small" },
    note: "It is no longer offered until you list it again. Existing users are not notified.",
    fields: [reasonField()],
    submit: "Hold version",
  };
}

function yank(tag: string, digest: string): ActionSpec {
  return {
    key: "yank",
    act: "yank",
    expectedDigest: digest,
    dialog: { trigger: "Yank", title: `Yank ${tag}?`, size: "small" },
    note: "Withdraws the version. Existing users see a notice to switch to another version.",
    fields: [reasonField("Shown to people who have it installed.")],
    submit: "Yank version",
    look: "danger",
  };
}

function restore({ tag, digest, visibility }: ActionableVersion): ActionSpec {
  const what = visibility === "yanked" ? "yank" : "block";
  return {
    key: "restore",
    act: "restore",
    expectedDigest: digest,
    dialog: { trigger: "Restore", title: `Undo the ${what} of ${tag}?`, size: "small" },
    note:
      visibility === "blocked"
        ? "Unblocks this image in every repository. Each version returns to its earlier state."
        : "The version returns to its earlier state.",
    fields: [reasonField()],
    submit: "Restore version",
  };
}

function block({ tag, digest, visibility, blockLevel }: ActionableVersion): ActionSpec {
  const again = visibility === "blocked";
  return {
    key: "block",
    act: "block",
    expectedDigest: digest,
    dialog: {
      trigger: again ? "Change block" : "Block",
      title: again ? `Change the block of ${tag}` : `Block ${tag}?`,
      look: "danger",
      size: "small",
    },
    note: "Blocks this image immediately, in every repository and under every tag.",
    fields: [
      {
        kind: "choice",
        name: "level",
        label: "What should users see?",
        value: blockLevel ?? "hard",
        options: [
          { value: "hard", label: "Remove it", hint: "Tells users to remove the version." },
          {
            value: "soft",
            label: "Use with caution",
            hint: "Warns users. The version is no longer offered in either case.",
          },
        ],
      },
      reasonField("Shown to people who have it installed."),
    ],
    submit: again ? "Change block" : "Block version",
    look: "danger",
  };
}
