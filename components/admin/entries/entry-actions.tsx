import { expiryField, trackFields } from "@/components/admin/entries/track-fields";
import { ActionForm, type ActionFormProps } from "@/components/ui/action-form";
import { reasonField } from "@/components/ui/field-spec";
import type { FormAction } from "@/components/ui/form-state";
import type { EntryDetail } from "@/lib/marketplace/entries/get-entry";

export type EntryFormActions = {
  changeState: FormAction;
  changeTrack: FormAction;
  changeExpiry: FormAction;
  deprecate: FormAction;
  undeprecate: FormAction;
  move: FormAction;
  moveBack: FormAction;
  scanNow: FormAction;
};

type EntryActionsProps = { entry: EntryDetail; actions: EntryFormActions };

/** The actions that an entry's state allows. A revoked entry returns only when its repository is added again. */
export function EntryActions({ entry, actions }: EntryActionsProps) {
  const { repository } = entry;
  return (
    <div className="flex flex-wrap gap-2">
      {[...stateForms(entry, actions), deprecationForm(entry, actions), moveForm(entry, actions)].map(
        (form) => (
          <ActionForm key={form.id} {...form} about={{ repository, ...form.about }} />
        ),
      )}
    </div>
  );
}

function stateForms(entry: EntryDetail, actions: EntryFormActions): ActionFormProps[] {
  const { state, repository } = entry;
  if (state === "revoked") return [];
  return [
    trackForm(entry, actions),
    expiryForm(entry, actions),
    ...(state === "suspended" ? [resumeForm(repository, actions)] : []),
    ...(state === "active" ? [suspendForm(repository, actions)] : []),
    revokeForm(repository, actions),
  ];
}

function trackForm(
  { track, range, pin, allVersions }: EntryDetail,
  actions: EntryFormActions,
): ActionFormProps {
  return {
    action: actions.changeTrack,
    id: "track",
    dialog: { trigger: "Change versions", title: "Allowed versions" },
    fields: [
      ...trackFields({ track, range, pin, pinLabel: "One version (exact image)", pins: allVersions }),
      reasonField(),
    ],
    submit: "Change versions",
  };
}

function expiryForm({ state, expiresAt }: EntryDetail, actions: EntryFormActions): ActionFormProps {
  const renews = state === "expired";
  return {
    action: actions.changeExpiry,
    id: "expiry",
    dialog: {
      trigger: renews ? "Renew entry" : "Change expiry",
      title: renews ? "Renew entry" : "Expiry date",
      look: renews ? "primary" : "quiet",
    },
    fields: [expiryField(renews ? null : expiresAt), reasonField()],
    submit: renews ? "Renew entry" : "Change expiry",
  };
}

function suspendForm(repository: string, actions: EntryFormActions): ActionFormProps {
  return {
    action: actions.changeState,
    id: "suspend",
    about: { state: "suspended" },
    dialog: { trigger: "Suspend entry", title: `Suspend ${repository}?` },
    note: "The extension immediately disappears from the catalog and from offers. Scans continue, and you can resume the entry at any time.",
    fields: [reasonField()],
    submit: "Suspend entry",
    look: "danger",
  };
}

function resumeForm(repository: string, actions: EntryFormActions): ActionFormProps {
  return {
    action: actions.changeState,
    id: "resume",
    about: { state: "active" },
    dialog: { trigger: "Resume entry", title: `Resume ${repository}?`, look: "primary" },
    note: "Its listed versions are offered again immediately.",
    fields: [reasonField()],
    submit: "Resume entry",
  };
}

function revokeForm(repository: string, actions: EntryFormActions): ActionFormProps {
  return {
    action: actions.changeState,
    id: "revoke",
    about: { state: "revoked" },
    dialog: { trigger: "Revoke entry", title: `Revoke ${repository} permanently?`, look: "danger" },
    note: "The extension can no longer be installed, and scans stop. To bring it back, someone must submit or add it again. To stop it temporarily, suspend it instead.",
    fields: [reasonField()],
    submit: "Revoke entry",
    look: "danger",
  };
}

function deprecationForm(
  { repository, deprecated }: EntryDetail,
  actions: EntryFormActions,
): ActionFormProps {
  if (deprecated) {
    return {
      action: actions.undeprecate,
      id: "undeprecate",
      submit: "Undo deprecation",
      look: "quiet",
      submitWidth: "fit",
    };
  }
  return {
    action: actions.deprecate,
    id: "deprecate",
    dialog: { trigger: "Deprecate extension", title: `Deprecate ${repository}?` },
    note: "The extension can still be installed. Pages and clients show the message.",
    fields: [
      {
        kind: "text",
        name: "message",
        label: "Message",
        hint: "Why, and what to use instead.",
        required: true,
      },
      {
        kind: "line",
        name: "replacement",
        label: "Replacement (optional)",
        hint: "Another repository, for example acme/disk-lens.",
        mono: true,
        maxLength: 2000,
      },
    ],
    submit: "Deprecate extension",
  };
}

function moveForm({ repository, movedTo }: EntryDetail, actions: EntryFormActions): ActionFormProps {
  if (movedTo) {
    return {
      action: actions.moveBack,
      id: "move-back",
      submit: "Undo move",
      look: "quiet",
      submitWidth: "fit",
    };
  }
  return {
    action: actions.move,
    id: "move",
    dialog: { trigger: "Move extension", title: `Move ${repository}` },
    note: "Its page links to the new repository, and update checks offer users the new repository’s version. Make sure that both belong to the same publisher, because you send its users there.",
    fields: [
      {
        kind: "line",
        name: "movedTo",
        label: "New repository",
        hint: "An active entry of the allow-list, for example acme/disk-lens.",
        mono: true,
        maxLength: 2000,
        required: true,
      },
      reasonField(),
    ],
    submit: "Move extension",
  };
}
