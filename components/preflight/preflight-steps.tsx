import { ProvisionalMetadata } from "@/components/preflight/provisional-metadata";
import { Icon } from "@/components/ui/icon";
import type { PreflightProgress } from "@/lib/inspection/preflight";
import type { PlainStep, ProvisionalOutcome } from "@/lib/inspection/progress";

const LABELS: Record<PlainStep, string> = {
  labels: "Read labels",
  compose: "Read Compose file",
  media: "Checked images and links",
  supply_chain: "Checked signatures and attestations",
};

const METADATA_LABELS: Record<NonNullable<ProvisionalOutcome> | "none", string> = {
  none: "Searched the layers for metadata.json",
  confirmed: "Confirmed metadata.json",
  replaced: "Replaced metadata.json: a higher layer has another one",
  dropped: "Discarded metadata.json: a higher layer removes it",
};

/** The steps so far, each with its findings. */
export function PreflightSteps({
  steps,
  running,
}: {
  steps: readonly PreflightProgress[];
  running: boolean;
}) {
  return (
    <ol aria-live="polite" aria-busy={running} className="space-y-3">
      {stepsShown(steps, running).map((step) =>
        step.step === "metadata_provisional" ? (
          <ProvisionalMetadata key={step.step} provisional={step} />
        ) : (
          <li key={step.step} className="flex gap-3">
            <Icon name="check-circle" className="mt-0.5 size-5 text-success" />
            <div className="min-w-0">
              <p className="break-words">{stepLabel(step)}</p>
              <Findings step={step} />
            </div>
          </li>
        ),
      )}
      {running ? (
        <li className="flex gap-3 text-ink-soft">
          <Icon name="clock" className="mt-0.5 size-5" />
          {steps.length === 0 ? "Contacting the registry…" : "Still reading…"}
        </li>
      ) : null}
    </ol>
  );
}

type EndedStep = Exclude<PreflightProgress, { step: "metadata_provisional" }>;

function stepLabel(step: EndedStep): string {
  switch (step.step) {
    case "reference":
      return `Found ${step.repository}${step.tag ? `:${step.tag}` : step.digest ? `@${step.digest}` : ""}`;
    case "image":
      return `Read image: ${step.platforms.join(", ") || "no platforms"}`;
    case "metadata":
      return METADATA_LABELS[step.provisional ?? "none"];
    default:
      return LABELS[step.step];
  }
}

function Findings({ step }: { step: EndedStep }) {
  if (step.step === "reference") return null;
  const found = step.findings.filter(({ severity, outcome }) => severity !== "info" && outcome === "failed");
  if (found.length === 0) return null;
  return (
    <ul className="mt-1 list-disc space-y-0.5 ps-5 text-sm text-pretty text-ink-soft">
      {found.map(({ code, message, evidence }) => (
        <li key={`${code} ${JSON.stringify(evidence)}`} className="break-words">
          {message}
        </li>
      ))}
    </ul>
  );
}

/** Provisional metadata is shown only until it is confirmed, or until nothing will confirm it. */
export function stepsShown(steps: readonly PreflightProgress[], running: boolean): PreflightProgress[] {
  const isOver = !running || steps.some(({ step }) => step === "metadata");
  return steps.filter(({ step }) => step !== "metadata_provisional" || !isOver);
}
