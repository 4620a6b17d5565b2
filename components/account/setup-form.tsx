"use client";

import { useActionState } from "react";
import { NewPasswordField } from "@/components/account/new-password-field";
import { buttonClasses } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { EMPTY_FORM, type FormAction, type FormState, problemOf } from "@/components/ui/form-state";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";

export type SetupState = FormState & { done?: true };

type SetupFormProps = {
  action: FormAction<SetupState>;
  token: string;
  /** There is an admin already. */
  closed: boolean;
};

/** Stays mounted when its own success closes set-up, so that it can say what comes next. */
export function SetupForm({ action, token, closed }: SetupFormProps) {
  const [state, submit, pending] = useActionState<SetupState, FormData>(action, EMPTY_FORM);
  if (state.done) return <SetupDone />;
  if (closed) return <SetupClosed />;
  return (
    <Card>
      <Form
        action={submit}
        state={state}
        pending={pending}
        submit="Create admin account"
        fields={["name", "email", "password"]}
      >
        <input type="hidden" name="token" value={token} />
        <Field
          name="name"
          label="Your name"
          autoComplete="name"
          maxLength={100}
          required
          defaultValue={state.values.name}
          problem={problemOf(state, "name")}
        />
        <Field
          name="email"
          label="E-mail address"
          type="email"
          autoComplete="username"
          maxLength={254}
          required
          defaultValue={state.values.email}
          problem={problemOf(state, "email")}
        />
        <NewPasswordField name="password" label="Password" problem={problemOf(state, "password")} />
      </Form>
    </Card>
  );
}

function SetupDone() {
  return (
    <Card className="space-y-4">
      <h2 className="text-lg font-semibold">You are signed in as admin</h2>
      <p className="text-pretty">
        Next, <Link href="/admin/users">invite your colleagues</Link> and{" "}
        <Link href="/admin/policy">look at the review policy</Link>. To use the API,{" "}
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
    <Notice title="Set-up is already done">
      This Gantry has an admin. <Link href="/sign-in">Sign in</Link>, or ask an admin for an invitation.
    </Notice>
  );
}
