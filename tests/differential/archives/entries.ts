/** What a layer is made of: files, folders, links, deletions, devices and FIFOs, in headers that are mostly sound. */

import { gnuLongLink, gnuLongName, paxHeader, type TarPart, tarPart } from "@/tests/builders/tar-bytes";
import { folderOf, type Name, pathOf, spelled } from "@/tests/differential/archives/names";
import type { Random } from "@/tests/registry/fuzz-run/random";

/** A part of an archive that is kept or left out as one. */
export type Piece = { label: string; bytes: Uint8Array };

type Entry = TarPart<Name>;
type Format = NonNullable<TarPart["format"]>;

const FORMATS: readonly [Format, ...Format[]] = ["ustar", "ustar", "ustar", "gnu", "gnu", "v7", "star"];

export function entryPiece(random: Random): Piece {
  const entry = entryOf(random);
  return { label: labelOf(entry), bytes: carried(random, entry) };
}

export function entryOf(random: Random): Entry {
  const format = random.pick(FORMATS);
  const kind = random.below(100);
  if (kind < 60) return { name: spelled(random, pathOf(random)), content: contentOf(random), format };
  if (kind < 73) return { name: spelled(random, folderName(random)), type: "5", format };
  if (kind < 79)
    return { name: spelled(random, pathOf(random)), type: "2", linkName: targetOf(random), format };
  if (kind < 83)
    return { name: spelled(random, pathOf(random)), type: "1", linkName: targetOf(random), format };
  if (kind < 94) return { name: spelled(random, whiteoutOf(random)), format };
  if (kind < 97)
    return { name: spelled(random, pathOf(random)), type: random.pick(["3", "4", "6", "6"]), format };
  if (kind < 99)
    return {
      name: "./",
      type: random.pick(["5", "5", "5", "5", "5", "5", "5", "5", "5", "0", "2", "1", "6"]),
      linkName: "a",
      format,
    };
  return {
    name: spelled(random, pathOf(random)),
    type: random.pick(["7", "S", "D", "V"]),
    content: contentOf(random),
    format,
  };
}

export function contentOf(random: Random): string {
  return `{"number":${random.below(100_000)}}`;
}

export function targetOf(random: Random): string {
  const path = pathOf(random);
  return random.pick([
    path,
    path,
    path,
    `/${path}`,
    `./${path}`,
    `../${path}`,
    ".",
    "a",
    "b",
    "ui",
    "link/m",
    "nowhere",
  ]);
}

function folderName(random: Random): string {
  const path = random.pick(["a", "a", "b", "ui", "ui", "x", "x/y", "a/b", "link", "metadata.json"]);
  return random.pick([path, `${path}/`, `${path}/`]);
}

function whiteoutOf(random: Random): string {
  const folder = folderOf(random);
  const plain = pathOf(random);
  const slash = plain.lastIndexOf("/") + 1;
  return random.pick([
    `${plain.slice(0, slash)}.wh.${plain.slice(slash)}`,
    `${plain.slice(0, slash)}.wh.${plain.slice(slash)}`,
    `${folder}.wh..wh..opq`,
    `${folder}.wh..wh..opq`,
    `${folder}.wh.${random.pick(["a", "b", "ui", "link"])}`,
    `${folder}.wh.${random.pick(["a", "b", "ui", "link"])}`,
    `${folder}${random.pick([".wh.", ".wh..", ".wh...", ".wh..wh.", ".wh..wh.aufs", ".wh..wh..opq/x", ".wh.a/b"])}`,
    `.wh..wh.plnk/${random.pick(["1", "metadata.json", "a/x", "b/x"])}`,
  ]);
}

/** The entry with its name where some writer puts it. */
export function carried(random: Random, entry: Entry): Uint8Array {
  const plain = { ...entry, ...oddFields(random) };
  switch (random.below(24)) {
    case 0:
    case 1:
    case 2:
      return joined(paxHeader(paxOf(random, entry)), { ...plain, name: "short", linkName: "" });
    case 3:
    case 4:
      return joined(
        ...(entry.linkName === undefined ? [] : [gnuLongLink(entry.linkName)]),
        gnuLongName(entry.name),
        { ...plain, name: "short", format: "gnu" },
      );
    case 5: {
      const text = Buffer.from(entry.name);
      const slash = text.lastIndexOf(0x2f);
      if (slash < 1) return tarPart(plain);
      const halves = { prefix: text.subarray(0, slash), name: text.subarray(slash + 1) };
      return tarPart({ ...plain, ...halves, format: random.pick(["ustar", "ustar", "star", "gnu", "v7"]) });
    }
    default:
      return tarPart(plain);
  }
}

function paxOf(random: Random, entry: Entry): [Name, Name][] {
  const records: [Name, Name][] = [["path", entry.name]];
  if (entry.linkName !== undefined) records.push(["linkpath", entry.linkName]);
  if (random.below(3) === 0)
    records.push(["mtime", random.pick(["1700000000.123456789", "-5", "0", "12", ""])]);
  if (random.below(6) === 0) records.push(["size", `${Buffer.from(entry.content ?? "").length}`]);
  if (random.below(8) === 0) records.push(["SCHILY.xattr.user.color", "blue"]);
  if (random.below(40) === 0) records.push(["path", spelled(random, pathOf(random))]);
  return records;
}

/** Number fields as writers pad them; a few that no reader should accept. */
function oddFields(random: Random): Pick<Entry, "patches"> {
  switch (random.below(80)) {
    case 0:
    case 3:
    case 4:
      return { patches: [[100, random.pick(["    644 ", "644\0    ", "0000644 ", "\x00\x00644\x00\x00"])]] };
    case 1:
    case 5:
      return { patches: [[136, Buffer.from("800000000000000065000000", "hex")]] };
    case 2:
      return {
        patches: [[random.pick([100, 108, 116, 136, 329, 337]), random.pick(["x", "8", "-1", "\xff"])]],
      };
    default:
      return {};
  }
}

function joined(...parts: (TarPart | Entry)[]): Uint8Array {
  return Buffer.concat(parts.map((part) => tarPart(part)));
}

function labelOf({ type = "0", name, linkName, format }: Entry): string {
  const target = linkName === undefined ? "" : ` → ${shown(linkName)}`;
  return `${JSON.stringify(type)} ${shown(name)}${target} (${format})`;
}

export function shown(name: Name): string {
  return JSON.stringify(Buffer.from(name).toString("latin1"));
}
