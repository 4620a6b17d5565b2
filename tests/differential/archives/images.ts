/** Images to unpack: one to four layers of entries, some of them traps. The same seed gives the same images. */

import { tarPart } from "@/tests/builders/tar-bytes";
import { contentOf, entryPiece, type Piece } from "@/tests/differential/archives/entries";
import { WATCHED } from "@/tests/differential/archives/names";
import { trapPiece } from "@/tests/differential/archives/traps";
import { type Random, randomFrom } from "@/tests/registry/fuzz-run/random";

/** The lowest layer first. */
export type MadeImage = { layers: { pieces: Piece[]; end: Uint8Array; cutBytes: number }[] };

export function imageOf(seed: number, number: number): MadeImage {
  const random = randomFrom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
  const layers = Array.from({ length: 1 + random.below(3) }, () => layerOf(random));
  return { layers: random.below(2) === 0 ? [baseLayer(random), ...layers] : layers };
}

export function archiveOf({ pieces, end, cutBytes }: MadeImage["layers"][number]): Uint8Array {
  const bytes = Buffer.concat([...pieces.map(({ bytes }) => bytes), end]);
  return bytes.subarray(0, Math.max(0, bytes.length - cutBytes));
}

function layerOf(random: Random): MadeImage["layers"][number] {
  const pieces = Array.from({ length: 1 + random.below(4) }, () => entryPiece(random));
  const traps = random.pick([0, 0, 0, 0, 1, 1, 1, 2]);
  for (let made = 0; made < traps; made++)
    pieces.splice(random.below(pieces.length + 1), 0, trapPiece(random));
  return { pieces, end: endOf(random), cutBytes: random.below(80) === 0 ? random.below(1700) : 0 };
}

/** The lower layers of most images: every compared path, so that something can be hidden. */
function baseLayer(random: Random): MadeImage["layers"][number] {
  const pieces = [...WATCHED, "link/m"].map((name) => ({
    label: name,
    bytes: tarPart({ name, content: contentOf(random) }),
  }));
  return { pieces, end: Buffer.alloc(1024), cutBytes: 0 };
}

function endOf(random: Random): Uint8Array {
  switch (random.below(120)) {
    case 0:
      return Buffer.alloc(512);
    case 1:
      return Buffer.alloc(10_240);
    case 2:
      return new Uint8Array(0);
    case 3:
      return Buffer.concat([
        Buffer.alloc(512),
        tarPart({ name: "metadata.json", content: contentOf(random) }),
        Buffer.alloc(1024),
      ]);
    case 4:
      return Buffer.concat([
        Buffer.alloc(1024),
        tarPart({ name: "metadata.json", content: contentOf(random) }),
      ]);
    default:
      return Buffer.alloc(1024);
  }
}
