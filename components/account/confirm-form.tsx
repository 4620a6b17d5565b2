import { EMAIL_FIELD, PASSWORD_FIELD } from "@/components/account/account-fields";
import { ActionForm } from "@/components/ui/action-form";
import type { FormAction } from "@/components/ui/form-state";

type ConfirmFormProps = {
  action: FormAction;
  /** The account whose password is required. */
  email: string;
  /** Where to go afterwards: a path of this site. */
  next: string;
};

export function ConfirmForm({ action, email, next }: ConfirmFormProps) {
  return (
    <ActionForm
      action={action}
      id="confirm"
      about={{ next }}
      fields={[{ ...EMAIL_FIELD, readOnly: true, value: email }, PASSWORD_FIELD]}
      submit="Confirm"
    />
  );
}
