/** The house: which room may import which. ARCHITECTURE.md draws it; here it is enforced. */

/** From the ground up. A room may import every lower room, and no other room of its own level. */
const LEVELS = [
  ["lib/platform"],
  ["lib/extension"],
  ["lib/egress", "lib/journal", "lib/archive", "lib/safe-html"],
  ["lib/registry", "lib/media"],
  ["lib/inspection", "lib/identity"],
  ["lib/marketplace"],
  ["lib/catalog", "lib/scanning"],
] as const;

type LibRoom = (typeof LEVELS)[number][number];

export type RoomName =
  | LibRoom
  | "lib/api"
  | "lib/process"
  | "app"
  | "components"
  | "components/ui"
  | "server.ts";

export type Room = {
  /** The rooms whose files may be imported; the room itself always may. */
  mayImport: readonly RoomName[];
  /** Rooms of which only types may be imported. */
  typesOf: readonly RoomName[];
  /** Where only a part of a lower room may be imported: exactly these files of it. */
  only: Partial<Record<RoomName, readonly string[]>>;
};

const LIB_ROOMS: readonly LibRoom[] = LEVELS.flat();

export const ROOMS: Record<RoomName, Room> = {
  "lib/platform": libRoom("lib/platform"),
  "lib/extension": {
    ...libRoom("lib/extension"),
    only: { "lib/platform": ["lib/platform/errors", "lib/platform/error-codes"] },
  },
  "lib/egress": libRoom("lib/egress"),
  "lib/journal": libRoom("lib/journal"),
  "lib/archive": libRoom("lib/archive"),
  "lib/safe-html": libRoom("lib/safe-html"),
  "lib/registry": libRoom("lib/registry"),
  "lib/media": libRoom("lib/media"),
  "lib/inspection": libRoom("lib/inspection"),
  "lib/identity": libRoom("lib/identity"),
  "lib/marketplace": libRoom("lib/marketplace"),
  "lib/catalog": libRoom("lib/catalog"),
  "lib/scanning": libRoom("lib/scanning"),
  "lib/api": room([...LIB_ROOMS]),
  "lib/process": room([...LIB_ROOMS, "lib/api"]),
  app: room([...LIB_ROOMS, "components", "components/ui"]),
  components: { ...room(["lib/extension", "components/ui"]), typesOf: LIB_ROOMS },
  "components/ui": room([]),
  "server.ts": room(["lib/platform", "lib/process"]),
};

export const ROOM_NAMES = Object.keys(ROOMS).filter(isRoomName);

export function isRoomName(name: string): name is RoomName {
  return Object.hasOwn(ROOMS, name);
}

/** The room of a path inside the checkout; the most exact folder wins (`components/ui` before `components`). */
export function roomOf(path: string): RoomName | undefined {
  const holding = ROOM_NAMES.filter((name) => path === name || path.startsWith(`${name}/`));
  return holding.sort((a, b) => b.length - a.length)[0];
}

function libRoom(name: LibRoom): Room {
  const level = LEVELS.findIndex((rooms) => rooms.some((room) => room === name));
  return room(LEVELS.slice(0, level).flat());
}

function room(mayImport: readonly RoomName[]): Room {
  return { mayImport, typesOf: [], only: {} };
}
