"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { EMPTY_FORM, type FormState } from "@/components/ui/form-state";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { ChainProblem, ChainCheck as Result } from "@/lib/journal/audit-check";

export type ChainState = FormState & { check?: Result };

/** Checks the chain of hashes on demand, a bounded number of rows at a time. */
export function ChainCheck({ action }: { action: (before: ChainState) => Promise<ChainState> }) {
  const [state, send, pending] = useActionState<ChainState>(action, EMPTY_FORM);
  const more = state.check?.ok === true && state.check.next !== null;
  return (
    <form action={send} className="space-y-3">
      <Button type="submit" look="quiet" disabled={pending}>
        <Icon name="shield" />
        {pending ? "Checking the chain…" : more ? "Check the next rows" : "Check the chain"}
      </Button>
      {state.problem ? (
        <Notice tone="problem" title={state.problem.message} alert>
          {state.problem.suggestion}
        </Notice>
      ) : null}
      {state.check ? <Verdict check={state.check} /> : null}
    </form>
  );
}

function Verdict({ check }: { check: Result }) {
  if (!check.ok) {
    return (
      <Notice tone="problem" title={`${PROBLEMS[check.problem].title} at row ${check.brokenAt}`} alert>
        {check.rows === 1 ? "1 row before it is" : `${check.rows} rows before it are`} intact.{" "}
        {PROBLEMS[check.problem].next}
        {check.keyId === undefined ? null : (
          <>
            {" "}
            Key ID: <code className="font-mono">{check.keyId}</code>
          </>
        )}
      </Notice>
    );
  }
  const rows = check.rows === 1 ? "1 row is" : `${check.rows} rows are`;
  if (check.next !== null) {
    return (
      <Notice title={`${rows} intact so far`} alert>
        The check stopped at row {check.next} to keep the server responsive. Check the next rows to continue.
      </Notice>
    );
  }
  return (
    <Notice tone="success" title="The audit log is intact" alert>
      {rows} intact.{" "}
      {check.checkpoint === null ? (
        "The first checkpoint is due within the hour."
      ) : (
        <>
          The last checkpoint covers row {check.checkpoint.sequence}, written{" "}
          <Time at={check.checkpoint.at} />.
        </>
      )}{" "}
      Hash of the last row: <code className="font-mono break-all">{check.head}</code>
    </Notice>
  );
}

const TAMPERED = "Someone with access to the database changed it. Compare the database with a backup.";

const PROBLEMS: Record<ChainProblem, { title: string; next: string }> = {
  missing_rows: { title: "Rows are missing", next: TAMPERED },
  broken_link: { title: "Broken link", next: TAMPERED },
  changed_row: { title: "Changed row", next: TAMPERED },
  unsealed_row: { title: "Row without a seal", next: TAMPERED },
  rewritten_since_checkpoint: { title: "Rewritten history", next: TAMPERED },
  cut_off: { title: "The newest rows were removed; the log should reach further", next: TAMPERED },
  forged_checkpoint: {
    title: "Invalid checkpoint",
    next: "The file audit-checkpoints in the data folder was changed. Compare it with a backup.",
  },
  unknown_key: {
    title: "Unknown key",
    next: "This process does not have the key that sealed it. Add the earlier secret to GANTRY_AUDIT_KEYS and check again.",
  },
};
