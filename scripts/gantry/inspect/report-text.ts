import { type CheckedMediaLine, checkedMediaLines } from "@/components/preflight/checked-media";
import { type FindingGroupKind, groupFindings } from "@/components/report/finding-groups";
import { suggestionParts } from "@/components/report/suggestion";
import type { Finding } from "@/lib/extension/findings/finding";
import { findingRule } from "@/lib/extension/findings/finding-codes";
import type { PreflightOutcome } from "@/lib/extension/policy/preflight-outcome";
import { PRESENT_NOT_VERIFIED, supplyChainFacts } from "@/lib/extension/report/supply-chain-labels";
import { visible } from "@/lib/extension/text/quoted";
import type { Style } from "@/scripts/gantry/command";
import type { ShownInspection } from "@/scripts/gantry/inspect/inspect-source";

const GROUPS: Record<FindingGroupKind, { title: string; mark: string; ink: keyof Style }> = {
  needs_you: { title: "To fix", mark: "✗", ink: "red" },
  our_problem: { title: "Could not be checked", mark: "?", ink: "blue" },
  could_be_better: { title: "Warnings", mark: "!", ink: "yellow" },
  good_to_know: { title: "Good to know", mark: "i", ink: "dim" },
};

/** The report as text: the image, the findings with their fixes, and the outcome last. */
export function reportText(inspection: ShownInspection, style: Style): string {
  return [
    ...headText(inspection, style),
    ...mediaText(inspection, style),
    ...supplyChainText(inspection, style),
    ...groupFindings(inspection.findings).flatMap(({ kind, findings }) => [
      "",
      style.bold(`${GROUPS[kind].title} (${findings.length})`),
      ...findings.flatMap((finding) => findingText(finding, kind, style)),
    ]),
    "",
    outcomeText(inspection.outcome, style),
  ].join("\n");
}

function headText(inspection: ShownInspection, style: Style): string[] {
  const { title, vendor, tag, requirement, platforms, cost } = inspection;
  const name = [title ?? "No title", vendor === null ? undefined : `by ${vendor}`, tag ?? undefined];
  const facts = [
    ["image", inspection.reference],
    ["digest", inspection.digest],
    ["platforms", platforms.map(({ os, architecture }) => `${os}/${architecture}`).join(", ") || "none"],
    ["requires", requirementText(requirement)],
    ["read", readText(cost)],
  ] as const;
  return [
    style.bold(safe(name.filter((part) => part !== undefined).join(" · "))),
    ...facts.map(([term, said]) => `  ${style.dim(term.padEnd(10))} ${safe(said)}`),
  ];
}

const MEDIA_MARKS: Record<CheckedMediaLine["outcome"], { mark: string; ink: keyof Style }> = {
  fine: { mark: "✓", ink: "green" },
  dead: { mark: "✗", ink: "red" },
  unusable: { mark: "✗", ink: "red" },
  not_checked: { mark: "?", ink: "dim" },
};

function mediaText({ media }: ShownInspection, style: Style): string[] {
  if (media.length === 0) return [];
  const lines = checkedMediaLines(media).map(({ name, outcome, result }) => {
    const { mark, ink } = MEDIA_MARKS[outcome];
    return `  ${style[ink](mark)} ${safe(`${name}: ${result}`)}`;
  });
  return ["", style.bold(`Images and links (${media.length})`), ...lines];
}

function supplyChainText({ supplyChain }: ShownInspection, style: Style): string[] {
  const facts = supplyChainFacts(supplyChain).flatMap(({ term, said }) =>
    said.map((line, index) => `  ${style.dim((index === 0 ? term : "").padEnd(18))} ${safe(line)}`),
  );
  return ["", style.bold("Supply chain"), `  ${style.dim(PRESENT_NOT_VERIFIED)}`, ...facts];
}

/** Omits the requests for a layout, which is read in place. */
function readText({ bytes, imageBytes, requests }: ShownInspection["cost"]): string {
  const share = `${bytes} bytes of an image of ${imageBytes}`;
  return requests === 0 ? share : `${share}, in ${requests} requests`;
}

const MAX_CHARACTERS = 2_000;

/** Labels are untrusted: a control character could rewrite the terminal. */
function safe(text: string): string {
  return visible(text, MAX_CHARACTERS);
}

function requirementText({
  range,
  readings,
  minimumDesktop,
  message,
}: ShownInspection["requirement"]): string {
  if (range === null) return message ?? "not readable";
  const exact = readings !== null && readings.exact !== range ? ` (or exactly ${readings.exact})` : "";
  const desktop =
    minimumDesktop === null ? "no known Docker Desktop" : `Docker Desktop ${minimumDesktop} or newer`;
  return `Extension API ${range}${exact}: ${desktop}`;
}

function findingText(finding: Finding, kind: FindingGroupKind, style: Style): string[] {
  const { mark, ink } = GROUPS[kind];
  const { text, command } = suggestionParts(finding.suggestion);
  return [
    `  ${style[ink](mark)} ${findingRule(finding.code).title} ${style.dim(finding.code)}`,
    `    ${safe(finding.message)}`,
    `    ${style.dim(safe(text))}`,
    ...(command === undefined ? [] : command.split("\n").map((line) => `      ${style.bold(safe(line))}`)),
  ];
}

function outcomeText(outcome: PreflightOutcome, style: Style): string {
  switch (outcome) {
    case "pass":
      return style.green("✓ Passed.");
    case "needs_you":
      return style.red("✗ Needs changes: fix the findings under “To fix” and check again.");
    case "our_problem":
      return style.blue(
        "? Could not be checked: Gantry found no errors, but could not read a part that decides the result.",
      );
  }
}
