import { type Platform, platformName, samePlatform } from "@/lib/extension/reference/platform";

const REFERENCE: Platform = { os: "linux", architecture: "amd64" };

/** The item whose labels and files represent the extension: linux/amd64 if present, otherwise the first. */
export function referenceOf<Item extends { platform: Platform }>(items: readonly [Item, ...Item[]]): Item {
  return items.find((item) => samePlatform(item.platform, REFERENCE)) ?? items[0];
}

/** The reference platform first, then the others in order. */
export function referenceFirst<Item extends { platform: Platform }>(
  items: readonly [Item, ...Item[]],
): [Item, ...Item[]] {
  const reference = referenceOf(items);
  return [reference, ...items.filter((item) => item !== reference)];
}

export function nameOf(item: { platform: Platform }): string {
  return platformName(item.platform);
}
