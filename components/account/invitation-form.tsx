import { EMAIL_FIELD, NAME_FIELD, NEW_PASSWORD_FIELD } from "@/components/account/account-fields";
import { ActionForm } from "@/components/ui/action-form";
import type { FormAction } from "@/components/ui/form-state";

type InvitationFormProps = { action: FormAction; token: string; email: string; name: string };

export function InvitationForm({ action, token, email, name }: InvitationFormProps) {
  return (
    <ActionForm
      action={action}
      id="invitation"
      about={{ token }}
      fields={[
        { ...EMAIL_FIELD, readOnly: true, value: email },
        { ...NAME_FIELD, value: name },
        NEW_PASSWORD_FIELD,
      ]}
      submit="Set password and sign in"
    />
  );
}
