/** Whether Gantry and the unpackers see the same files in an image. */

import { createHash } from "node:crypto";
import { WATCHED } from "@/tests/differential/archives/names";
import type { UnpackedByAll, Unpackers } from "@/tests/differential/archives/unpackers";
import { stackOf } from "@/tests/unit/inspection/files/stack";

/** What Gantry says of a path. `refused`: with a finding of its own, so nothing is taken for granted. */
export type Ours = { path: string; answer: string; isAmbiguous: boolean };

export type Comparison = {
  ours: Ours[];
  theirs: UnpackedByAll;
  /**
   * Unpackers that accept the image and see another file than Gantry, which says nothing of it; and those that wait
   * forever where Gantry has no doubt about any path.
   */
  differences: string[];
};

export async function compare(layers: readonly Uint8Array[], unpackers: Unpackers): Promise<Comparison> {
  const [ours, theirs] = await Promise.all([readByGantry(layers), unpackers.unpack(layers, WATCHED)]);
  return { ours, theirs, differences: [...differencesOf(ours, theirs), ...silentWaits(ours, theirs)] };
}

/** As an inspection reads them: the same reader of layers, search and facts. */
async function readByGantry(layers: readonly Uint8Array[]): Promise<Ours[]> {
  const stack = stackOf([...layers]);
  const all: Ours[] = [];
  for (const path of WATCHED) {
    const found = await stack.find(path);
    const isAmbiguous = found.trace.oddities.length > 0;
    all.push({ path, answer: await answerOf(found, stack.reader), isAmbiguous });
  }
  return all;
}

type Stack = ReturnType<typeof stackOf>;

async function answerOf(found: Awaited<ReturnType<Stack["find"]>>, reader: Stack["reader"]): Promise<string> {
  switch (found.kind) {
    case "file": {
      const body = await reader.body(found.layer, found.body);
      return "bytes" in body ? createHash("sha256").update(body.bytes).digest("hex") : "refused";
    }
    case "absent":
      return "nothing";
    case "not_a_file":
      return found.type === "folder" ? "folder" : "special";
    case "broken_link":
    case "malformed":
      return "refused";
  }
}

function differencesOf(ours: Ours[], theirs: UnpackedByAll): string[] {
  return ours.flatMap(({ path, answer, isAmbiguous }, at) => {
    if (answer === "refused" || isAmbiguous) return [];
    return Object.entries(theirs).flatMap(([name, unpacked]) => {
      if (!("found" in unpacked) || unpacked.found[at] === answer) return [];
      return [`${path}: Gantry sees ${short(answer)}, ${name} ${short(unpacked.found[at] ?? "")}`];
    });
  });
}

/** Such an image installs nowhere, so what matters is that a person looks at it. */
function silentWaits(ours: Ours[], theirs: UnpackedByAll): string[] {
  if (ours.some(({ answer, isAmbiguous }) => answer === "refused" || isAmbiguous)) return [];
  return Object.entries(theirs).flatMap(([name, unpacked]) =>
    "waits" in unpacked ? [`${name} waits forever at ${unpacked.waits}, and Gantry has no doubt`] : [],
  );
}

function short(answer: string): string {
  return answer.slice(0, 8);
}
