"use client";

import { useActionState } from "react";
import { type FieldSpec, SpecField } from "@/components/ui/field-spec";
import { Form } from "@/components/ui/form";
import { EMPTY_FORM, type FormAction } from "@/components/ui/form-state";
import { Icon } from "@/components/ui/icon";
import { Options } from "@/components/ui/select";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import type { Policy } from "@/lib/extension/policy/policy";

export type SeverityRow = {
  code: string;
  /** The name of its form field. */
  field: string;
  title: string;
  byPreset: string;
  response: string;
  fixed: boolean;
};

type PolicyFormProps = {
  action: FormAction;
  version: number;
  policy: Policy;
  severities: readonly SeverityRow[];
};

export function PolicyForm({ action, version, policy, severities }: PolicyFormProps) {
  const [state, send, pending] = useActionState(action, EMPTY_FORM);
  const changed = severities.filter(({ response }) => response !== "").length;
  return (
    <Form
      action={send}
      state={state}
      pending={pending}
      submit="Save policy"
      submitWidth="fit"
      fields={POLICY_FIELDS.map(({ name }) => name)}
    >
      <input type="hidden" name="expectedVersion" value={version} />
      {POLICY_FIELDS.map((spec) => (
        <SpecField
          key={spec.name}
          spec={{ ...spec, value: String(policy[spec.name]) }}
          formId="policy"
          state={state}
        />
      ))}
      <details className="group/severities rounded-lg border border-line">
        <summary className="flex min-h-11 items-center gap-2 px-4 py-2 font-medium">
          <Icon name="chevron-right" className="size-4 text-ink-soft group-open/severities:rotate-90" />
          Individual checks ({changed === 0 ? "all default" : `${changed} changed`})
        </summary>
        <div className="border-t border-line p-4">
          <SeverityTable rows={severities} typed={state.values} />
        </div>
      </details>
    </Form>
  );
}

type PolicyFieldSpec = Extract<FieldSpec, { kind: "choice" }> & {
  name: "preset" | "updates" | "bareApiVersion" | "ownDecisions";
};

const POLICY_FIELDS: readonly PolicyFieldSpec[] = [
  {
    kind: "choice",
    name: "preset",
    label: "How strict are the checks?",
    options: [
      { value: "sdk", label: "Basic", hint: "Block only what can’t work, as the extension SDK does." },
      {
        value: "docker",
        label: "Strict",
        hint: "Same rules as Docker’s validator: all ten labels and both platforms.",
      },
    ],
  },
  {
    kind: "choice",
    name: "updates",
    label: "What happens to new versions of approved extensions?",
    options: [
      {
        value: "auto_within_envelope",
        label: "List automatically if access doesn’t grow",
        hint: "Sensitive access, such as host programs or the Docker socket, always requires review.",
      },
      { value: "manual", label: "Review every version" },
      { value: "auto", label: "List everything automatically", hint: "Only if you trust every publisher." },
    ],
  },
  {
    kind: "choice",
    name: "bareApiVersion",
    label: "How should an API version without an operator be read, such as “0.3.4”?",
    options: [
      { value: "minimum", label: "That version or later" },
      { value: "exact", label: "Exactly that version" },
    ],
  },
  {
    kind: "choice",
    name: "ownDecisions",
    label: "Can reviewers approve their own submissions?",
    options: [
      { value: "only_when_alone", label: "Only if no one else can" },
      { value: "always", label: "Always", hint: "Marked in the audit log." },
    ],
  },
];

const RESPONSES = [
  { value: "", label: "Default" },
  { value: "block", label: "Error (holds the version)" },
  { value: "warn", label: "Warning" },
  { value: "observe", label: "Information" },
  { value: "off", label: "Off" },
];

type SeverityTableProps = { rows: readonly SeverityRow[]; typed: Readonly<Record<string, string>> };

function SeverityTable({ rows, typed }: SeverityTableProps) {
  return (
    <Table caption="Checks and their severity" columns={["Check", "Default", "Severity"]}>
      {rows.map(({ code, field: name, title, byPreset, response, fixed }) => {
        return (
          <TableRow key={code}>
            <TableCell header>
              {title}
              <code className="block font-mono text-sm font-normal break-all text-ink-soft">{code}</code>
            </TableCell>
            <TableCell label="Default">{byPreset}</TableCell>
            <TableCell label="Severity">
              {fixed ? (
                <span className="text-ink-soft">Always an error</span>
              ) : (
                <select
                  key={typed[name]}
                  name={name}
                  aria-label={`Severity of: ${title}`}
                  defaultValue={typed[name] ?? response}
                  className="min-h-11 w-full rounded-md border border-line-strong bg-surface px-2 py-1 text-ink"
                >
                  <Options options={RESPONSES} />
                </select>
              )}
            </TableCell>
          </TableRow>
        );
      })}
    </Table>
  );
}
