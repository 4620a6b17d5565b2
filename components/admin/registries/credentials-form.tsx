import { ActionForm } from "@/components/ui/action-form";
import type { FieldSpec } from "@/components/ui/field-spec";
import type { FormAction } from "@/components/ui/form-state";
import type { CredentialsView } from "@/lib/marketplace/registry-credentials/list-credentials";

/** The user name and the password are always entered together, so that a stored password never goes elsewhere. */
export function loginFields(credentials: CredentialsView | undefined): FieldSpec[] {
  return [
    {
      kind: "line",
      name: "username",
      label: "User name",
      required: true,
      mono: true,
      maxLength: 255,
      value: credentials?.username ?? "",
    },
    {
      kind: "secret",
      name: "password",
      label: "Password or token",
      hint: "Use one that can only read. Gantry encrypts it and never shows it again.",
    },
    {
      kind: "line",
      name: "tokenServer",
      label: "Token server (optional)",
      hint: "Only if it is on another host than the registry, such as https://gitlab.corp.example.",
      mono: true,
      maxLength: 300,
      value: credentials?.tokenServer ?? "",
    },
  ];
}

export function AddCredentials({ action, hosts }: { action: FormAction; hosts: readonly string[] }) {
  return (
    <ActionForm
      action={action}
      id="add-credentials"
      dialog={{ trigger: "Add credentials", title: "Add registry credentials", look: "primary" }}
      fields={[
        {
          kind: "select",
          name: "host",
          label: "Registry",
          hint: "GANTRY_REGISTRIES lists the allowed ones.",
          options: hosts.map((host) => ({ value: host, label: host })),
          value: hosts[0],
        },
        {
          kind: "line",
          name: "namespace",
          label: "Namespace (optional)",
          hint: "The first parts of the repositories’ names, such as team or team/apps. Empty: the whole registry. The longest namespace wins.",
          mono: true,
          maxLength: 200,
        },
        ...loginFields(undefined),
      ]}
      note="Replaces stored credentials for the same registry and namespace."
      submit="Store credentials"
    />
  );
}
