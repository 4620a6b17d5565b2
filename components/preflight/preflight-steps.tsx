import { ProvisionalMetadata } from "@/components/preflight/provisional-metadata";
import { Icon } from "@/components/ui/icon";
import type { PreflightProgress } from "@/lib/inspection/preflight";
import type { PlainStep, ProvisionalOutcome } from "@/lib/inspection/progress";

const WORDS: Record<PlainStep, string> = {
  labels: "Labels of every platform read",
  compose: "Compose file read",
  media: "Pictures and links looked at",
  supply_chain: "Signatures and attestations looked for",
};

const METADATA_WORDS: Record<NonNullable<ProvisionalOutcome> | "none", string> = {
  none: "metadata.json looked for in the layers",
  confirmed: "metadata.json looked for in the layers: it is the one shown first",
  replaced: "metadata.json looked for in the layers: a higher one has another than the one shown first",
  dropped: "metadata.json looked for in the layers: the one shown first does not stand",
};

/** What was done so far, each with what it found. */
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
              <p className="break-words">{stepWords(step)}</p>
              <Findings step={step} />
            </div>
          </li>
        ),
      )}
      {running ? (
        <li className="flex gap-3 text-ink-soft">
          <Icon name="clock" className="mt-0.5 size-5" />
          {steps.length === 0 ? "Asking the registry…" : "Reading on…"}
        </li>
      ) : null}
    </ol>
  );
}

type EndedStep = Exclude<PreflightProgress, { step: "metadata_provisional" }>;

function stepWords(step: EndedStep): string {
  switch (step.step) {
    case "reference":
      return `${step.repository}: ${step.tag ?? step.digest ?? "the image"} is looked at`;
    case "image":
      return `Image read: ${step.platforms.join(", ") || "no platform"}`;
    case "metadata":
      return METADATA_WORDS[step.provisional ?? "none"];
    default:
      return WORDS[step.step];
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
