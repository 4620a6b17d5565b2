/** A program for processes that draw which says what it could reach; the picture is the path of a secret file. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { openSockets } from "@/tests/support/processes/open-sockets";

export type Probed = {
  user: number | undefined;
  /** In the working directory. */
  files: string[];
  writable: boolean;
  /** What reading the secret gave: its text, or the error's code. */
  secret: string;
  environment: string[];
  sockets: string[];
};

process.on("message", ({ bytes }: { bytes: Uint8Array }) => {
  const probed: Probed = {
    user: process.getuid?.(),
    files: readdirSync("."),
    writable: outcome(() => written("file")) === "",
    secret: outcome(() => readFileSync(Buffer.from(bytes).toString(), "utf8")),
    environment: Object.keys(process.env),
    sockets: openSockets(),
  };
  process.send?.({
    kind: "done",
    drawn: { kind: "unusable", reason: "damaged", why: JSON.stringify(probed) },
  });
});
process.send?.({ kind: "ready" });

function outcome(act: () => string): string {
  try {
    return act();
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  }
}

function written(file: string): string {
  writeFileSync(file, "");
  return "";
}
