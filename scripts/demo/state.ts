/** State next to the demo's data: whether it was filled, with which content, and its accounts. */

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Account } from "@/scripts/demo/people";
import { SCENARIO } from "@/scripts/demo/scenario/scenario";

export type DemoState = {
  accounts: Account[];
  /** URL of the last run. */
  url: string;
};

export const DEMO_FOLDER = fileURLToPath(new URL("../../.demo", import.meta.url));

const STATE_FILE = path.join(DEMO_FOLDER, "state.json");

/** Undefined when there is no demo, filling did not finish, or the scenario has changed. */
export function readDemoState(): DemoState | undefined {
  let text: string;
  try {
    text = readFileSync(STATE_FILE, "utf8");
  } catch {
    return undefined;
  }
  const { content, ...state }: DemoState & { content: string } = JSON.parse(text);
  return content === contentOfScenario() ? state : undefined;
}

/** Readable only by its owner, because it contains passwords. */
export function writeDemoState(state: DemoState): void {
  mkdirSync(DEMO_FOLDER, { recursive: true, mode: 0o700 });
  const text = JSON.stringify({ content: contentOfScenario(), ...state }, null, 2);
  writeFileSync(STATE_FILE, `${text}\n`, { mode: 0o600 });
}

function contentOfScenario(): string {
  return createHash("sha256").update(JSON.stringify(SCENARIO)).digest("hex");
}
