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

/** What a person may do to an entry in its state. A revoked one comes back only by being added again. */
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
          submit="Take back deprecation"
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
          submit="Take back move"
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
      dialog={{ trigger: "Change versions", title: "Which versions does the entry admit?" }}
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
        trigger: renews ? "Renew entry" : "Change last day",
        title: renews ? "Renew the entry" : "When does the entry end?",
        look: renews ? "primary" : "quiet",
      }}
      fields={[expiryField(renews ? null : expiresAt), reasonField()]}
      submit={renews ? "Renew entry" : "Change last day"}
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
      note="It leaves every list and offer at once. Scans go on, and you can resume it at any time."
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
      note="Its listed versions are offered again at once."
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
      dialog={{ trigger: "Revoke entry", title: `Revoke ${repository} for good?`, look: "danger" }}
      note="Nothing of it may be installed any more and scans end. It comes back only when it is submitted or added again. To stop it for a while, suspend it instead."
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
      note="It stays installable; pages and clients show the message."
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
          hint: "Another repository, such as acme/disk-lens.",
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
      dialog={{ trigger: "Move extension", title: `Where has ${repository} moved?` }}
      note="Its page leads there, and the update check offers the new repository's version to whoever has this one. Make sure that both belong to the same publisher: their users change hands."
      fields={[
        {
          kind: "line",
          name: "movedTo",
          label: "New repository",
          hint: "In force on the allow-list, such as acme/disk-lens.",
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
