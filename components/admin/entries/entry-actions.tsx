import { expiryField, trackFields } from "@/components/admin/entries/track-fields";
import { ActionForm } from "@/components/ui/action-form";
import { reasonField } from "@/components/ui/field-spec";
import type { FormAction } from "@/components/ui/form-state";
import type { EntryDetail } from "@/lib/marketplace/entries/entries";

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
export function EntryActions(props: EntryActionsProps) {
  const { repository, state, deprecated, movedTo } = props.entry;
  const { actions } = props;
  return (
    <div className="flex flex-wrap gap-2">
      {state === "revoked" ? null : <Changes {...props} />}
      {deprecated ? (
        <ActionForm
          action={actions.undeprecate}
          id="undeprecate"
          about={{ repository }}
          submit="Undo deprecation"
          look="quiet"
          submitWidth="words"
        />
      ) : (
        <Deprecate {...props} />
      )}
      {movedTo ? (
        <ActionForm
          action={actions.moveBack}
          id="move-back"
          about={{ repository }}
          submit="Undo move"
          look="quiet"
          submitWidth="words"
        />
      ) : (
        <Move {...props} />
      )}
    </div>
  );
}

function Changes(props: EntryActionsProps) {
  const { state } = props.entry;
  return (
    <>
      <Track {...props} />
      <Expiry {...props} />
      {state === "suspended" ? <Resume {...props} /> : null}
      {state === "active" ? <Suspend {...props} /> : null}
      <Revoke {...props} />
    </>
  );
}

function Track({ entry: { repository, track, range, pin, allVersions }, actions }: EntryActionsProps) {
  return (
    <ActionForm
      action={actions.changeTrack}
      id="track"
      about={{ repository }}
      dialog={{ trigger: "Change versions", title: "Allowed versions" }}
      fields={[
        ...trackFields({ track, range, pin, pinLabel: "One version (exact image)", pins: allVersions }),
        reasonField(),
      ]}
      submit="Change versions"
    />
  );
}

function Expiry({ entry: { repository, state, expiresAt }, actions }: EntryActionsProps) {
  const renews = state === "expired";
  return (
    <ActionForm
      action={actions.changeExpiry}
      id="expiry"
      about={{ repository }}
      dialog={{
        trigger: renews ? "Renew entry" : "Change expiry",
        title: renews ? "Renew entry" : "Expiry date",
        look: renews ? "primary" : "quiet",
      }}
      fields={[expiryField(renews ? null : expiresAt), reasonField()]}
      submit={renews ? "Renew entry" : "Change expiry"}
    />
  );
}

function Suspend({ entry: { repository }, actions }: EntryActionsProps) {
  return (
    <ActionForm
      action={actions.changeState}
      id="suspend"
      about={{ repository, state: "suspended" }}
      dialog={{ trigger: "Suspend entry", title: `Suspend ${repository}?` }}
      note="The extension immediately disappears from the catalog and from offers. Scans continue, and you can resume the entry at any time."
      fields={[reasonField()]}
      submit="Suspend entry"
      look="danger"
    />
  );
}

function Resume({ entry: { repository }, actions }: EntryActionsProps) {
  return (
    <ActionForm
      action={actions.changeState}
      id="resume"
      about={{ repository, state: "active" }}
      dialog={{ trigger: "Resume entry", title: `Resume ${repository}?`, look: "primary" }}
      note="Its listed versions are offered again immediately."
      fields={[reasonField()]}
      submit="Resume entry"
    />
  );
}

function Revoke({ entry: { repository }, actions }: EntryActionsProps) {
  return (
    <ActionForm
      action={actions.changeState}
      id="revoke"
      about={{ repository, state: "revoked" }}
      dialog={{ trigger: "Revoke entry", title: `Revoke ${repository} permanently?`, look: "danger" }}
      note="The extension can no longer be installed, and scans stop. To bring it back, someone must submit or add it again. To stop it temporarily, suspend it instead."
      fields={[reasonField()]}
      submit="Revoke entry"
      look="danger"
    />
  );
}

function Deprecate({ entry: { repository }, actions }: EntryActionsProps) {
  return (
    <ActionForm
      action={actions.deprecate}
      id="deprecate"
      about={{ repository }}
      dialog={{ trigger: "Deprecate extension", title: `Deprecate ${repository}?` }}
      note="The extension can still be installed. Pages and clients show the message."
      fields={[
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
      ]}
      submit="Deprecate extension"
    />
  );
}

function Move({ entry: { repository }, actions }: EntryActionsProps) {
  return (
    <ActionForm
      action={actions.move}
      id="move"
      about={{ repository }}
      dialog={{ trigger: "Move extension", title: `Move ${repository}` }}
      note="Its page links to the new repository, and update checks offer users the new repository's version. Make sure that both belong to the same publisher: you hand its users over."
      fields={[
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
      ]}
      submit="Move extension"
    />
  );
}
