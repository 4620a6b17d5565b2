"use client";

import { useActionState } from "react";
import { EMAIL_FIELD, NAME_FIELD, NEW_PASSWORD_FIELD } from "@/components/account/account-fields";
import { SpecForm } from "@/components/ui/action-form";
import { buttonClasses } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EMPTY_FORM, type FormAction, type FormState } from "@/components/ui/form-state";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";

export type SetupState = FormState & { done?: true };

type SetupFormProps = {
  action: FormAction<SetupState>;
  token: string;
  /** An admin exists already. */
  closed: boolean;
};

/** Stays mounted when its own success closes setup, so that it can show the next steps. */
export function SetupForm({ action, token, closed }: SetupFormProps) {
  const form = useActionState<SetupState, FormData>(action, EMPTY_FORM);
  if (form[0].done) return <SetupDone />;
  if (closed) return <SetupClosed />;
  return (
    <Card>
      <SpecForm
        form={form}
        id="setup"
        about={{ token }}
        fields={[NAME_FIELD, EMAIL_FIELD, NEW_PASSWORD_FIELD]}
        submit="Create admin account"
      />
    </Card>
  );
}

function SetupDone() {
  return (
    <Card className="space-y-4">
      <h2 className="text-lg font-semibold">You are signed in as admin</h2>
      <p className="text-pretty">
        Next, <Link href="/admin/users">invite your colleagues</Link> and{" "}
        <Link href="/admin/policy">check the review policy</Link>. To use the API,{" "}
        <Link href="/account/tokens">create an API token</Link>.
      </p>
      <Link plain href="/" className={buttonClasses()}>
        Go to the home page
      </Link>
    </Card>
  );
}

function SetupClosed() {
  return (
    <Notice title="Setup is complete">
      An admin account already exists. <Link href="/sign-in">Sign in</Link>, or ask an admin for an
      invitation.
    </Notice>
  );
}
