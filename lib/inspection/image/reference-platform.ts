import { isExpected, type Platform, platformName, samePlatform } from "@/lib/extension/reference/platform";

const REFERENCE: Platform = { os: "linux", architecture: "amd64" };

/** A platform of an image. `disputed`: its index names another platform than its config. */
export type ImagePlatform = { platform: Platform; disputed: boolean };

/**
 * The item whose labels and files represent the extension: linux/amd64 if present, otherwise the first that decides,
 * otherwise the first.
 */
export function referenceOf<Item extends ImagePlatform>(items: readonly [Item, ...Item[]]): Item {
  const [first] = deciding(items);
  return items.find((item) => !item.disputed && samePlatform(item.platform, REFERENCE)) ?? first;
}

/**
 * The items for the platforms that Docker Desktop runs, which decide on labels and requirements; all of them when there
 * is none.
 */
export function deciding<Item extends ImagePlatform>(
  items: readonly [Item, ...Item[]],
): readonly [Item, ...Item[]] {
  const [first, ...others] = items.filter(({ platform, disputed }) => !disputed && isExpected(platform));
  return first === undefined ? items : [first, ...others];
}

/** The reference platform first, then the others in order. */
export function referenceFirst<Item extends ImagePlatform>(
  items: readonly [Item, ...Item[]],
): [Item, ...Item[]] {
  const reference = referenceOf(items);
  return [reference, ...items.filter((item) => item !== reference)];
}

export function nameOf(item: { platform: Platform }): string {
  return platformName(item.platform);
}
