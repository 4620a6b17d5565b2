/** Masterminds/semver v3 as Debian packages it, asked in one batch. */

import { fileURLToPath } from "node:url";
import { askGoProgram } from "@/tests/grammar/go-program";

export type Question = { range: string; versions: readonly string[] };

/** Per question: undefined where the range is refused, else for each version whether it fits (undefined = no version there). */
export type OracleAnswer = (boolean | undefined)[] | undefined;

const SOURCE = fileURLToPath(new URL("./oracle.go", import.meta.url));

export async function askGo(questions: readonly Question[]): Promise<OracleAnswer[]> {
  const lines = questions.map(({ range, versions }) => JSON.stringify([range, ...versions]));
  return (await askGoProgram(SOURCE, lines)).map(answerOf);
}

function answerOf(line: string): OracleAnswer {
  return line === "error"
    ? undefined
    : [...line.slice(1)].map((mark) => (mark === "-" ? undefined : mark === "1"));
}
