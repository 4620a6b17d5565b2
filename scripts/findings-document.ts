import { type FindingSection, findingChapters } from "@/lib/extension/findings/finding-sections";

/** The content of docs/findings.md, generated from the finding rules. */
export function findingsDocument(): string {
  return `# Findings

An inspection reports its results as findings. Each finding has a \`code\` whose meaning never changes, a severity, a message, a
suggestion, and the evidence behind it. A policy starts from one of two presets and can change the severity of most codes:

- \`sdk\`: reports an error only where the extension SDK requires something, and where the extension cannot be installed.
- \`docker\`: also reports an error wherever \`docker extension validate\` rejects the image.

A version with an error is not listed. If Gantry could not run a check, the finding is never an error.

\`npm run docs\` generates this page from \`lib/extension/findings\`. A running Gantry serves it at \`/docs/findings\`.

${findingChapters().map(chapterText).join("\n")}`;
}

function chapterText({ title, sections }: { title: string; sections: FindingSection[] }): string {
  return `## ${title}

${sections.map(sectionText).join("\n")}`;
}

function sectionText({ code, title, severity, notes, why, example, fix }: FindingSection): string {
  const note = notes.length === 0 ? "" : `\n${notes.join(" ")}\n`;
  return `### \`${code}\`

**${title}** · \`sdk\`: ${severity.sdk} · \`docker\`: ${severity.docker}
${note}
${why}

- Example: ${escaped(example)}
- How to fix: ${escaped(fix)}
`;
}

/** Escapes Markdown markup in `text`. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_<>[\]]/g, (character) => `\\${character}`);
}
