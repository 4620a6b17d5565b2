import { ActionForm, type ActionFormProps } from "@/components/ui/action-form";
import { type FieldSpec, reasonField } from "@/components/ui/field-spec";
import type { FormAction } from "@/components/ui/form-state";
import type { VersionAct } from "@/lib/marketplace/versions/version-act-input";
import type { VersionView } from "@/lib/marketplace/versions/version-view";

export type ActionableVersion = VersionView & { beyondApproval: readonly string[] };

type VersionActionsProps = {
  repository: string;
  version: ActionableVersion;
  action: FormAction;
  /** The page that the act comes back to. */
  from: string;
};

/** What a person may do to a version in its state, each with its reason. */
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
    note: "It is offered to everybody whose Docker Desktop can run it.",
    fields: [...widening(beyondApproval), reasonField()],
    submit: "List version",
  };
}

/** Asked only where the version does more than was approved. */
function widening(beyond: readonly string[]): FieldSpec[] {
  if (beyond.length === 0) return [];
  return [
    {
      kind: "choice",
      name: "widenEnvelope",
      label: `It also has ${beyond.join(", ")}. Does the approval cover that from now on?`,
      value: "no",
      options: [
        { value: "no", label: "For this version only", hint: "The next one that does it is held again." },
        { value: "yes", label: "For later versions too", hint: "They are listed without asking." },
      ],
    },
  ];
}

function acceptMoved(tag: string, movedDigest: string): ActionSpec {
  return {
    key: "accept",
    act: "list",
    expectedDigest: movedDigest,
    dialog: { trigger: "Accept new content", title: `Accept the new content of ${tag}?`, size: "small" },
    note: "The image that the tag points to now is listed in place of the old one. Whoever has the old one is told that the digest differs.",
    fields: [
      { kind: "check", name: "widenEnvelope", label: "Later versions may do what this image does" },
      reasonField(),
    ],
    submit: "Accept new content",
  };
}

function refuseMoved(tag: string, digest: string): ActionSpec {
  return {
    key: "refuse",
    act: "hold",
    expectedDigest: digest,
    dialog: { trigger: "Refuse and hold", title: `Refuse the new content of ${tag}?`, size: "small" },
    note: "The version leaves every offer until somebody decides again. To keep offering the reviewed image, do nothing: what was listed stays listed, by its digest.",
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
    note: "It leaves every offer until somebody lists it again. Nobody who has it is told.",
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
    note: "It is withdrawn: whoever has it is told to change to another version.",
    fields: [reasonField("People who have it installed read this.")],
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
    dialog: { trigger: "Restore", title: `Take back the ${what} of ${tag}?`, size: "small" },
    note:
      visibility === "blocked"
        ? "The block ends for this image in every repository. Each version goes back to what it was before."
        : "The version goes back to what it was before.",
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
    note: "A block is on the image: it holds in every repository and under every tag, and at once.",
    fields: [
      {
        kind: "choice",
        name: "level",
        label: "What are people told?",
        value: blockLevel ?? "hard",
        options: [
          { value: "hard", label: "Remove it", hint: "For what does harm." },
          { value: "soft", label: "Be careful with it", hint: "A warning; it is not offered either." },
        ],
      },
      reasonField("People who have it installed read this."),
    ],
    submit: again ? "Change block" : "Block version",
    look: "danger",
  };
}
