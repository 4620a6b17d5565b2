"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { EMPTY_FORM, type FormState } from "@/components/ui/form-state";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import type { ChainCheck as Result } from "@/lib/journal/audit";

export type ChainState = FormState & { check?: Result };

/** Recomputes the chain of hashes on demand: it reads every row there is. */
export function ChainCheck({ action }: { action: () => Promise<ChainState> }) {
  const [state, send, pending] = useActionState<ChainState>(action, EMPTY_FORM);
  return (
    <form action={send} className="space-y-3">
      <Button type="submit" look="quiet" disabled={pending}>
        <Icon name="shield" />
        {pending ? "Checking the chain…" : "Check the chain"}
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
  if (check.ok) {
    return (
      <Notice tone="success" title="History is whole" alert>
        {check.rows === 1 ? "1 row fits." : `All ${check.rows} rows fit.`} The last hash is{" "}
        <code className="font-mono break-all">{check.head}</code>: keep it elsewhere to prove later that
        nothing before it was changed.
      </Notice>
    );
  }
  return (
    <Notice tone="problem" title={`Row ${check.brokenAt} does not fit`} alert>
      {check.rows} rows before it are whole. Somebody changed, removed or added rows behind Gantry's back:
      compare the database with a backup.
    </Notice>
  );
}
