import { loginFields } from "@/components/admin/registries/credentials-form";
import { ActionForm } from "@/components/ui/action-form";
import type { FormAction } from "@/components/ui/form-state";
import type { CredentialsView } from "@/lib/marketplace/registry-credentials/list-credentials";

export type RegistryActions = { put: FormAction; test: FormAction; remove: FormAction };

type CredentialsActionsProps = { credentials: CredentialsView; actions: RegistryActions };

/** Credentials of the environment can only be tested. */
export function CredentialsActions({ credentials, actions }: CredentialsActionsProps) {
  const { host, namespace, source, state } = credentials;
  const about = { host, namespace };
  const name = namespace === "" ? host : `${host}/${namespace}`;
  const id = `${source}-${name}`.replaceAll(/[^a-z0-9]+/gi, "-");
  const isStored = source === "stored";
  return (
    <div className="flex flex-wrap gap-2">
      {state === "overridden" || state === "not_allowed" ? null : (
        <ActionForm
          action={actions.test}
          id={`test-${id}`}
          about={about}
          dialog={{ trigger: "Test", title: `Test the credentials for ${name}`, size: "small" }}
          fields={[
            {
              kind: "line",
              name: "repository",
              label: "Repository (optional)",
              hint: `A private one, such as ${name}/disk-lens. Empty: only the login is tested.`,
              mono: true,
              maxLength: 300,
            },
          ]}
          submit="Test credentials"
        />
      )}
      {isStored && state !== "not_allowed" ? (
        <ActionForm
          action={actions.put}
          id={`replace-${id}`}
          about={about}
          dialog={{ trigger: "Replace", title: `Replace the credentials for ${name}`, size: "small" }}
          fields={loginFields(credentials)}
          submit="Replace credentials"
        />
      ) : null}
      {isStored ? (
        <ActionForm
          action={actions.remove}
          id={`remove-${id}`}
          about={about}
          dialog={{
            trigger: "Remove",
            title: `Remove the credentials for ${name}?`,
            size: "small",
            look: "danger",
          }}
          note="Gantry then reads these repositories without credentials. Listed versions of private ones stay listed, but new versions are not found."
          submit="Remove credentials"
          look="danger"
        />
      ) : null}
    </div>
  );
}
