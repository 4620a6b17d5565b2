/** The rule of the house: arrows point down. */

import type { Import } from "@/tests/architecture/imports";
import { isRelative, resolveImport } from "@/tests/architecture/imports";
import { ROOMS, type RoomName, roomOf } from "@/tests/architecture/rules/rooms";

/** A thread loads the module that a task names. The caller of the task has imported that module by its name. */
const LOADS_TASKS = "lib/platform/threads/task-main.ts";

/** Why `file` may not import this; undefined when it may. */
export function brokenArrow(file: string, { specifier, typeOnly }: Import): string | undefined {
  const from = roomOf(file);
  if (from === undefined)
    return `is in no room: give it a place in one, or a new room its row in tests/architecture/rules/rooms.ts.`;
  if (specifier === undefined && file === LOADS_TASKS) return undefined;
  if (specifier === undefined)
    return `imports something computed: name the module, so that its room can be checked.`;
  if (isRelative(specifier))
    return `imports ${specifier} by a relative path: write it from the top, as "@/…".`;
  const target = resolveImport(file, specifier);
  if (target.kind === "package") return undefined;
  const to = roomOf(target.path);
  if (to === undefined)
    return `imports ${target.path}, which is in no room: production code imports rooms and packages only.`;
  return from === to ? undefined : brokenBetween(from, to, target.path, typeOnly);
}

function brokenBetween(from: RoomName, to: RoomName, path: string, typeOnly: boolean): string | undefined {
  const { mayImport, typesOf, only } = ROOMS[from];
  const files = only[to];
  if (mayImport.includes(to)) {
    if (files === undefined || files.includes(path)) return undefined;
    return `imports ${path}: of ${to}, ${from} may use only ${files.join(" and ")}.`;
  }
  if (typesOf.includes(to)) {
    return typeOnly
      ? undefined
      : `imports ${path}: ${from} may use types of ${to} only, so write "import type".`;
  }
  return `imports ${path}: ${arrowAdvice(from, to)}`;
}

/** The sentence that teaches. */
function arrowAdvice(from: RoomName, to?: RoomName): string {
  const { mayImport, only } = ROOMS[from];
  const allowed = mayImport.flatMap((room) => only[room] ?? room).join(", ");
  const rule = allowed === "" ? "imports no other room" : `imports only ${allowed}`;
  const turned = to !== undefined && ROOMS[to].mayImport.includes(from) ? ` ${to} stands above it.` : "";
  return `${from} ${rule}.${turned} Move what both need into a lower room, or take it as an argument.`;
}
