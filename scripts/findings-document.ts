import { type FindingSection, findingChapters } from "@/lib/extension/findings/finding-sections";

/** docs/findings.md as it has to be. */
export function findingsDocument(): string {
  return `# Findings

An inspection says what it found as findings. Each has a \`code\` whose meaning never changes, a severity, a sentence, the next
step, and the facts behind it. A policy begins with one of two presets and may change the severity of each code:

- \`sdk\`: an error only where the first rule of the extension SDK says must, and where nothing can be installed.
- \`docker\`: an error wherever \`docker extension validate\` refuses.

An error keeps a version from being listed. What could not be checked is never an error of the publisher's.

This page is written by \`npm run docs\` from \`lib/extension/findings\`. A running Gantry shows it at \`/docs/findings\`.

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
- What to do: ${escaped(fix)}
`;
}

/** As it is, also where it holds what Markdown would read as markup. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_<>[\]]/g, (character) => `\\${character}`);
}
