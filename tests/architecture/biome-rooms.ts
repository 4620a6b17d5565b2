/**
 * The arrows as Biome reads them, so that an editor already shows a turned one. Biome lets a later override replace
 * an earlier one in silence, so there is exactly one for each room, with its complete list. It does not see
 * `require`, `import("x").T` or the difference between types and values: the scanner does.
 */

import { arrowAdvice } from "@/tests/architecture/arrows";
import { DOORS } from "@/tests/architecture/doors";
import { ROOM_NAMES, ROOMS, type RoomName } from "@/tests/architecture/rooms";

type Pattern = { group: string[]; message: string };

export function biomeOverrides() {
  return ROOM_NAMES.map((name) => ({
    includes: filesOf(name),
    linter: {
      rules: { style: { noRestrictedImports: { level: "error", options: { patterns: patternsFor(name) } } } },
    },
  }));
}

function filesOf(name: RoomName): string[] {
  if (name.endsWith(".ts")) return [name];
  const inner = ROOM_NAMES.filter((other) => other.startsWith(`${name}/`));
  return [`${name}/**`, ...inner.map((other) => `!${other}/**`)];
}

function patternsFor(name: RoomName): Pattern[] {
  return [
    { group: ["@/**", ...allowedFor(name).map((path) => `!@/${path}`)], message: arrowAdvice(name) },
    { group: [".", "..", "./**", "../**"], message: 'Write the path from the top, as "@/…".' },
    ...closedDoorsFor(name),
  ];
}

function allowedFor(name: RoomName): string[] {
  const { mayImport, typesOf, only } = ROOMS[name];
  const own = name.endsWith(".ts") ? [] : [`${name}/**`];
  const rooms = new Set([...mayImport, ...typesOf]);
  return [...own, ...[...rooms].flatMap((room) => only[room] ?? `${room}/**`)];
}

/** A door that stands open for types or for single files of the room is left to the scanner. */
function closedDoorsFor(name: RoomName): Pattern[] {
  return DOORS.filter((door) => !door.typesAnywhere && !door.at.some((place) => place.startsWith(name))).map(
    (door) => ({
      group: door.modules.flatMap(asWritten).flatMap((module) => [module, `${module}/**`]),
      message: door.why,
    }),
  );
}

function asWritten(module: string): string[] {
  if (module.startsWith("lib/")) return [`@/${module}`];
  return module === "process" ? [module, `node:${module}`] : [module];
}
