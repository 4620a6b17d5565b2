"use client";

import { useActionState } from "react";
import { SCOPE_LABELS } from "@/components/account/account-labels";
import { SpecForm } from "@/components/ui/action-form";
import { Command } from "@/components/ui/command";
import type { FieldSpec } from "@/components/ui/field-spec";
import { EMPTY_FORM, type FormAction, type FormState } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import type { Role } from "@/lib/journal/actor";

export type TokenState = FormState & {
  /** Shown once. */
  created?: { name: string; token: string };
};

export function TokenForm({ action, role }: { action: FormAction<TokenState>; role: Role }) {
  const form = useActionState<TokenState, FormData>(action, EMPTY_FORM);
  const [{ created }] = form;
  return (
    <div className="space-y-5">
      {created ? <NewToken {...created} /> : null}
      <SpecForm
        form={form}
        id="token"
        fields={tokenFields(role)}
        submit="Create API token"
        submitWidth="fit"
      />
    </div>
  );
}

/** A scope grants nothing beyond the role, so roles see only the scopes they can use. */
function tokenFields(role: Role): FieldSpec[] {
  const scopes = SCOPE_LABELS.filter(({ deciders }) => !deciders || role === "admin" || role === "reviewer");
  return [
    {
      kind: "line",
      name: "name",
      label: "Name",
      hint: "What you use it for, such as “nightly scan”.",
      maxLength: 100,
      required: true,
    },
    {
      kind: "checks",
      name: "scopes",
      label: "Permissions",
      options: scopes.map(({ scope, hint }) => ({ value: scope, label: scope, hint })),
    },
    {
      kind: "line",
      type: "date",
      name: "expiresOn",
      label: "Expires (optional)",
      hint: "Expires at the end of this day (UTC). Leave empty for no expiry.",
    },
  ];
}

function NewToken({ name, token }: { name: string; token: string }) {
  return (
    <Notice tone="success" title={`API token ${name} created`} alert>
      <p className="mb-2">Copy it now; you won’t see it again.</p>
      <Command command={token} label={`Copy the API token ${name}`} />
    </Notice>
  );
}
