"use client";

import { useActionState } from "react";
import { SCOPE_WORDS, type ScopeWords } from "@/components/account/scope-words";
import { Checkbox, ChoiceGroup } from "@/components/ui/choice";
import { Command } from "@/components/ui/command";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { EMPTY_FORM, type FormAction, type FormState, problemOf } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import type { Role } from "@/lib/journal/actor";

export type TokenState = FormState & { /** Shown this once. */ created?: { name: string; token: string } };

export function TokenForm({ action, role }: { action: FormAction<TokenState>; role: Role }) {
  const [state, send, pending] = useActionState<TokenState, FormData>(action, EMPTY_FORM);
  const chosen = (state.values.scopes ?? "").split(" ");
  return (
    <div className="space-y-5">
      {state.created ? <NewToken {...state.created} /> : null}
      <Form
        action={send}
        state={state}
        pending={pending}
        submit="Create API token"
        submitWidth="words"
        fields={["name", "scopes", "expiresOn", "expiresAt"]}
      >
        <Field
          name="name"
          label="Name"
          hint="What it is for, such as “nightly scan”."
          autoComplete="off"
          maxLength={100}
          required
          defaultValue={state.values.name}
          problem={problemOf(state, "name")}
        />
        <ChoiceGroup legend="What may it do?" name="scopes" problem={problemOf(state, "scopes")}>
          {scopesFor(role).map(({ scope, label, hint }) => (
            <Checkbox
              key={scope}
              id={`scope-${scope.replace(":", "-")}`}
              name="scopes"
              value={scope}
              label={label}
              hint={hint}
              defaultChecked={chosen.includes(scope)}
            />
          ))}
        </ChoiceGroup>
        <Field
          name="expiresOn"
          label="Last day (optional)"
          hint="It stops at the end of this day, UTC. Without, it works until it is revoked."
          type="date"
          defaultValue={state.values.expiresOn}
          problem={problemOf(state, "expiresOn") ?? problemOf(state, "expiresAt")}
        />
      </Form>
    </div>
  );
}

/** A scope gives nothing that the role does not. */
function scopesFor(role: Role): readonly ScopeWords[] {
  return SCOPE_WORDS.filter(({ deciders }) => !deciders || role === "admin" || role === "reviewer");
}

function NewToken({ name, token }: { name: string; token: string }) {
  return (
    <Notice tone="success" title={`The API token ${name} is ready`} alert>
      <p className="mb-2">Copy it now: it is not shown again.</p>
      <Command command={token} label={`Copy the API token ${name}`} />
    </Notice>
  );
}
