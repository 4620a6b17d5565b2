"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { EMPTY_FORM, type FormState } from "@/components/ui/form-state";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { ChainProblem, ChainCheck as Result } from "@/lib/journal/audit-check";

export type ChainState = FormState & { check?: Result };

/** Verifies the hash chain of the audit log on demand, a bounded number of rows at a time. */
export function ChainCheck({ action }: { action: (before: ChainState) => Promise<ChainState> }) {
  const [state, send, pending] = useActionState<ChainState>(action, EMPTY_FORM);
  const more = state.check?.ok === true && state.check.next !== null;
  return (
    <form action={send} className="space-y-3">
      <Button type="submit" look="quiet" disabled={pending}>
        <Icon name="shield" />
        {pending ? "Verifying…" : more ? "Verify more entries" : "Verify integrity"}
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
      <Notice tone="problem" title={`${PROBLEMS[check.problem].title} at entry ${check.brokenAt}`} alert>
        {check.rows === 1 ? "1 earlier entry is" : `${check.rows} earlier entries are`} intact.{" "}
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
  const entries = check.rows === 1 ? "1 entry is" : `${check.rows} entries are`;
  if (check.next !== null) {
    return (
      <Notice title={`${entries} intact so far`} alert>
        Verification paused at entry {check.next} to keep the server responsive. Verify more entries to
        continue.
      </Notice>
    );
  }
  return (
    <Notice tone="success" title="Verified: the audit log is intact" alert>
      {entries} intact.{" "}
      {check.checkpoint === null ? (
        "The first checkpoint will be written within an hour."
      ) : (
        <>
          The last checkpoint covers entry {check.checkpoint.sequence}, written{" "}
          <Time at={check.checkpoint.at} />.
        </>
      )}{" "}
      To prove this later, save the hash of the last entry elsewhere:{" "}
      <code className="font-mono break-all">{check.head}</code>
    </Notice>
  );
}

const TAMPERED = "Someone with access to the database changed it. Compare the database with a backup.";

const PROBLEMS: Record<ChainProblem, { title: string; next: string }> = {
  missing_rows: { title: "Missing entries", next: TAMPERED },
  broken_link: { title: "Broken link", next: TAMPERED },
  changed_row: { title: "Changed entry", next: TAMPERED },
  unsealed_row: { title: "Unsealed entry", next: TAMPERED },
  rewritten_since_checkpoint: { title: "Rewritten history", next: TAMPERED },
  cut_off: { title: "The newest entries were removed", next: TAMPERED },
  forged_checkpoint: {
    title: "Invalid checkpoint",
    next: "Someone changed the file audit-checkpoints in the data folder. Compare it with a backup.",
  },
  unknown_key: {
    title: "Unknown key",
    next: "This process does not have the key that sealed it. Add the earlier secret to GANTRY_AUDIT_KEYS and check again.",
  },
};
