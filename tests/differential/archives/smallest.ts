import type { MadeImage } from "@/tests/differential/archives/images";

/** The image without every layer and entry that the failure does not need. */
export async function smallest(
  image: MadeImage,
  isFailing: (image: MadeImage) => Promise<boolean>,
): Promise<MadeImage> {
  for (const reduced of reductionsOf(image)) {
    if (await isFailing(reduced)) return smallest(reduced, isFailing);
  }
  return image;
}

function* reductionsOf({ layers }: MadeImage): Generator<MadeImage> {
  for (const at of layers.keys()) yield { layers: layers.toSpliced(at, 1) };
  for (const [at, layer] of layers.entries()) {
    for (const piece of layer.pieces.keys()) {
      yield { layers: layers.with(at, { ...layer, pieces: layer.pieces.toSpliced(piece, 1) }) };
    }
  }
}
