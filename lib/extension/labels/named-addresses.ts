import { LABELS } from "@/lib/extension/labels/label-names";
import type { ExtensionLabels } from "@/lib/extension/labels/labels";

/** The kind of target: an image of one kind, or a page. */
export type AddressUse = "icon" | "screenshot" | "link";

/** `name`: its position in the label, for sentences. `label`: the label with the URL. */
export type NamedAddress = { url: string; use: AddressUse; name: string; label: string };

/**
 * The https URLs in labels, each once and without fragment: icon, screenshots, publisher, links. A URL used both as
 * an image and as a link counts as an image, which has more checks. Plain http is never fetched and is excluded.
 */
export function namedAddresses(labels: ExtensionLabels): NamedAddress[] {
  const { icon, screenshots, publisherUrl, additionalUrls } = labels;
  const named: NamedAddress[] = [
    ...(icon === null ? [] : [{ url: icon, use: "icon", name: "icon", label: LABELS.icon } as const]),
    ...screenshots.map(({ url }, index) => {
      return { url, use: "screenshot", name: `screenshot ${index + 1}`, label: LABELS.screenshots } as const;
    }),
    ...(publisherUrl === null ? [] : [link("publisher’s page", publisherUrl, LABELS.publisherUrl)]),
    ...additionalUrls.map(({ title, url }) => link(`link “${title}”`, url, LABELS.additionalUrls)),
  ];
  return distinctAddresses(named.flatMap((each) => httpsAddress(each) ?? []));
}

/** The first occurrence of each URL. */
export function distinctAddresses<Address extends { url: string }>(addresses: readonly Address[]): Address[] {
  const known = new Set<string>();
  return addresses.filter(({ url }) => !known.has(url) && known.add(url));
}

function link(name: string, url: string, label: string): NamedAddress {
  return { url, use: "link", name, label };
}

function httpsAddress(named: NamedAddress): NamedAddress | undefined {
  const url = URL.parse(named.url);
  if (url?.protocol !== "https:") return undefined;
  url.hash = "";
  return { ...named, url: url.href };
}
