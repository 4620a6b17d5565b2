"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useActionState, useEffect, useRef, useState } from "react";
import { PreflightProblemNotice } from "@/components/preflight/preflight-problem";
import {
  afterEvent,
  CONNECTION_LOST,
  NOTHING_YET,
  type PreflightState,
} from "@/components/preflight/preflight-state";
import { PreflightSteps } from "@/components/preflight/preflight-steps";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { type FormAction, type FormState, problemOf } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { readEvents } from "@/components/ui/read-events";

type PreflightFormProps = {
  /** For browsers without scripts: checks the image, stores the report and redirects to it. */
  action: FormAction;
  /** The initial value of the field. */
  reference: string;
};

/** The form that checks an image. With scripts, it shows each step as it completes. */
export function PreflightForm({ action, reference }: PreflightFormProps) {
  const initial: FormState = { values: { reference } };
  const [form, submit, pending] = useActionState(action, initial);
  const { state, running, check } = usePreflight();
  const asked = askersProblem(state);
  const shown = asked === undefined ? form : { ...form, problem: { field: "reference", ...asked } };
  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    check(String(new FormData(event.currentTarget).get("reference") ?? ""));
  }
  return (
    <div className="space-y-6">
      <Form
        action={submit}
        onSubmit={onSubmit}
        state={shown}
        pending={pending || running}
        submit={running ? "Checking…" : "Check image"}
        fields={["reference"]}
      >
        <Field
          name="reference"
          label="Image"
          hint="Paste an image name such as acme/disk-lens:1.0.0, a Docker Hub link, or a docker pull command."
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={2000}
          required
          defaultValue={form.values.reference}
          problem={problemOf(shown, "reference")}
        />
      </Form>
      {running || state.steps.length > 0 ? <PreflightSteps steps={state.steps} running={running} /> : null}
      <End state={state} />
    </div>
  );
}

function End({ state: { ended } }: { state: PreflightState }) {
  if (ended?.kind === "problem" && ended.problem.owner !== "askers") {
    return <PreflightProblemNotice problem={ended.problem} />;
  }
  if (ended?.kind !== "report" || ended.path !== null) return null;
  return (
    <Notice tone="info" title="The report is too large to show here" alert>
      Use POST /api/v1/inspections or npm run gantry -- inspect to get the full report.
    </Notice>
  );
}

function askersProblem({ ended }: PreflightState) {
  if (ended?.kind !== "problem" || ended.problem.owner !== "askers") return undefined;
  const { message, suggestion } = ended.problem;
  return { message, suggestion: suggestion ?? undefined };
}

/** Runs one pre-flight at a time, then opens its report. */
function usePreflight() {
  const { push } = useRouter();
  const [state, setState] = useState(NOTHING_YET);
  const [running, setRunning] = useState(false);
  const leaving = useRef<AbortController>(undefined);
  useEffect(() => () => leaving.current?.abort(), []);
  async function check(reference: string) {
    leaving.current?.abort();
    const own = new AbortController();
    leaving.current = own;
    setRunning(true);
    let seen = NOTHING_YET;
    setState(seen);
    try {
      for await (const event of readEvents("/api/v1/inspections", { reference, share: true }, own.signal)) {
        seen = afterEvent(seen, event);
        setState(seen);
      }
      if (seen.ended === undefined) throw new Error("the stream ended early");
      if (seen.ended.kind === "report" && seen.ended.path !== null) push(seen.ended.path);
    } catch {
      if (!own.signal.aborted) setState({ ...seen, ended: { kind: "problem", problem: CONNECTION_LOST } });
    } finally {
      if (leaving.current === own) setRunning(false);
    }
  }
  return { state, running, check };
}
