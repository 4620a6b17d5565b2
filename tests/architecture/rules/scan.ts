/** Every rule of the house over one source file. */

import { importsIn } from "@/tests/architecture/imports";
import { ACTS } from "@/tests/architecture/rules/acts";
import { brokenArrow } from "@/tests/architecture/rules/arrows";
import { boundNames } from "@/tests/architecture/rules/bindings";
import { closedDoor } from "@/tests/architecture/rules/doors";
import type { Violation } from "@/tests/architecture/rules/violation";
import { lineAt, type Place, placesIn } from "@/tests/architecture/syntax";

/** It registers the loader of TypeScript, so it cannot be TypeScript itself; a process without ours runs it. */
const LOADER = "lib/media/drawing/drawing-boot.mjs";

/** `file` is the path from the checkout's top, with slashes. */
export function scan(file: string, source: string): Violation[] {
  const at = (offset: number, message: string): Violation => ({
    file,
    line: lineAt(source, offset),
    message,
  });
  if (file === LOADER) return [];
  if (!/\.tsx?$/.test(file))
    return [at(0, "is a script that no rule reads: write it in TypeScript (.ts or .tsx).")];
  const places = placesIn(file, source);
  const imports = importsIn(places).flatMap((one) =>
    [brokenArrow(file, one), closedDoor(file, one)]
      .filter((message) => message !== undefined)
      .map((message) => at(one.offset, message)),
  );
  return [...imports, ...forbiddenActs(file, places).map(({ offset, why }) => at(offset, why))];
}

function forbiddenActs(file: string, places: readonly Place[]): { offset: number; why: string }[] {
  const bound = boundNames(places);
  const acts = ACTS.filter((act) => act.forbiddenIn(file));
  return places.flatMap((place) =>
    acts.filter((act) => act.isAct(place, bound)).map(({ why }) => ({ offset: place.node.start, why })),
  );
}
