import type { FieldSpec } from "@/components/ui/field-spec";

/** The fields that several account forms share. */
export const EMAIL_FIELD = {
  kind: "line",
  type: "email",
  name: "email",
  label: "Email address",
  autoComplete: "username",
  maxLength: 254,
  required: true,
} as const satisfies FieldSpec;

export const NAME_FIELD = {
  kind: "line",
  name: "name",
  label: "Your name",
  autoComplete: "name",
  maxLength: 100,
  required: true,
} as const satisfies FieldSpec;

export const PASSWORD_FIELD = {
  kind: "password",
  name: "password",
  label: "Password",
} as const satisfies FieldSpec;

export const NEW_PASSWORD_FIELD = { ...PASSWORD_FIELD, isNew: true } as const satisfies FieldSpec;
