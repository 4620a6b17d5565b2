import { EMAIL_FIELD, PASSWORD_FIELD } from "@/components/account/account-fields";
import { ActionForm } from "@/components/ui/action-form";
import type { FormAction } from "@/components/ui/form-state";

type SignInFormProps = {
  action: FormAction;
  /** Where to go afterwards: a path of this site. */
  next: string;
};

export function SignInForm({ action, next }: SignInFormProps) {
  return (
    <ActionForm
      action={action}
      id="sign-in"
      about={{ next }}
      fields={[EMAIL_FIELD, PASSWORD_FIELD]}
      submit="Sign in"
    />
  );
}
