import { InviteAgain, type InviteState } from "@/components/admin/people/invite-form";
import { ROLE_LABELS, ROLE_OPTIONS } from "@/components/admin/people/role-labels";
import { ActionForm } from "@/components/ui/action-form";
import { Badge } from "@/components/ui/badge";
import type { FormAction } from "@/components/ui/form-state";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { UserView } from "@/lib/identity/users/user-view";

type PeopleActions = {
  inviteAgain: FormAction<InviteState>;
  changeRole: FormAction;
  suspend: FormAction;
};

type PeopleTableProps = {
  people: readonly UserView[];
  /** The id of the signed-in user. */
  self: string;
  actions: PeopleActions;
};

export function PeopleTable({ people, self, actions }: PeopleTableProps) {
  return (
    <Table caption="People" columns={["Person", "Role", "State", "Created", "Actions"]}>
      {people.map((person) => (
        <TableRow key={person.id}>
          <TableCell header>
            <bdi>{person.name}</bdi>
            {person.id === self ? <span className="font-normal text-ink-soft"> (you)</span> : null}
            <span className="block text-sm font-normal break-all text-ink-soft">{person.email}</span>
          </TableCell>
          <TableCell label="Role">{ROLE_LABELS[person.role]}</TableCell>
          <TableCell label="State">
            <PersonState state={person.state} />
          </TableCell>
          <TableCell label="Created">
            <Time at={person.createdAt} />
          </TableCell>
          <TableCell>
            <PersonActions person={person} actions={actions} />
          </TableCell>
        </TableRow>
      ))}
    </Table>
  );
}

function PersonState({ state }: Pick<UserView, "state">) {
  switch (state) {
    case "active":
      return (
        <Badge tone="success" icon="check">
          Active
        </Badge>
      );
    case "invited":
      return (
        <Badge tone="info" icon="mail">
          Invited
        </Badge>
      );
    case "suspended":
      return (
        <Badge tone="danger" icon="ban">
          Suspended
        </Badge>
      );
  }
}

function PersonActions({ person, actions }: { person: UserView; actions: PeopleActions }) {
  const { id, name, role, state } = person;
  const suspended = role === "suspended";
  return (
    <div className="flex flex-wrap gap-2">
      <ActionForm
        action={actions.changeRole}
        id={`role-${id}`}
        about={{ id }}
        dialog={{
          trigger: suspended ? "Lift suspension" : "Change role",
          title: suspended ? `Lift the suspension of ${name}` : `Change the role of ${name}`,
          size: "small",
        }}
        note="This ends every session and API token of the account. They sign in again with the new role."
        fields={[
          {
            kind: "select",
            name: "role",
            label: "Role",
            options: ROLE_OPTIONS,
            value: suspended ? "publisher" : role,
          },
        ]}
        submit={suspended ? "Lift suspension" : "Change role"}
      />
      {suspended ? null : (
        <>
          <InviteAgain action={actions.inviteAgain} id={id} name={name} isReset={state === "active"} />
          <ActionForm
            action={actions.suspend}
            id={`suspend-${id}`}
            about={{ id }}
            dialog={{ trigger: "Suspend", title: `Suspend ${name}?`, look: "danger", size: "small" }}
            note="This immediately ends all sessions, API tokens and invitations of the account. Their submissions stay. You can lift the suspension later."
            submit="Suspend account"
            look="danger"
          />
        </>
      )}
    </div>
  );
}
