import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LABELS } from "@/lib/extension/labels/label-names";
import type { ExtensionLabels } from "@/lib/extension/labels/labels";
import { type ExtensionImageOptions, extensionImage } from "@/tests/builders/extension-image";
import { codesOf } from "@/tests/support/registries/inspect";
import { type ServedBench, startServedBench } from "@/tests/support/registries/inspect-served";

let bench: ServedBench;
beforeAll(async () => {
  bench = await startServedBench();
});
afterAll(() => bench?.stop());

const ICON = "https://media.acme.example/icon.svg";
const AVATAR = "https://avatars.acme.example/u/1?v=4";
const FAVICON = "https://acme.example/favicon.ico";
const SHOT = "https://media.acme.example/1.png";

/** A JSON label as a Dockerfile with continued lines leaves it. */
const continued = (json: string) => json.replaceAll(",", ",\n            ").replaceAll("[", "[  \t\n    ");

/** Labels of a base image, as one known extension has inherited them. */
const inherited = Object.fromEntries([
  ["org.opencontainers.image.ref.name", "bci-base"],
  ["org.opencontainers.image.version", "15.6"],
  ["org.opencontainers.image.url", "https://base.example"],
  ["org.opencontainers.image.created", "2026-01-01T00:00:00Z"],
  ...Array.from({ length: 25 }, (_, at) => [`com.base.image.${at}`, "x"]),
]);

/** ListingMedia and links are not visited here. */
const UNVISITED = ["links_not_checked", "media_not_checked"];

type Case = [oddity: string, image: ExtensionImageOptions, shown: Partial<ExtensionLabels>, codes: string[]];

const CASES: Case[] = [
  [
    "a mistyped name of the categories",
    { labels: { [LABELS.categories]: null, "com.docker.extension.category": "security" } },
    { categories: [] },
    ["categories_missing", "label_mistyped"],
  ],
  [
    "the icon in the namespace of the others",
    { labels: { [LABELS.icon]: null, "com.docker.extension.icon": ICON } },
    { icon: null },
    ["icon_label_missing", "label_mistyped"],
  ],
  [
    "account-info true",
    { labels: { [LABELS.accountInfo]: "true" } },
    { accountRequired: true },
    ["account_info_unknown"],
  ],
  ["an empty vendor", { labels: { [LABELS.vendor]: "" } }, { vendor: null }, ["vendor_missing"]],
  [
    "empty screenshots",
    { labels: { [LABELS.screenshots]: "" } },
    { screenshots: [] },
    ["screenshots_missing"],
  ],
  [
    "an empty list of screenshots",
    { labels: { [LABELS.screenshots]: "[]" } },
    { screenshots: [] },
    ["screenshots_missing"],
  ],
  ["an empty changelog", { labels: { [LABELS.changelog]: "" } }, { changelog: null }, ["changelog_missing"]],
  ["empty additional-urls", { labels: { [LABELS.additionalUrls]: "" } }, { additionalUrls: [] }, []],
  ["an empty list of them", { labels: { [LABELS.additionalUrls]: "[]" } }, { additionalUrls: [] }, []],
  ["a file name as icon", { labels: { [LABELS.icon]: "open-webui.svg" } }, { icon: null }, ["url_invalid"]],
  [
    "the file name of the template as icon",
    { labels: { [LABELS.icon]: "docker.svg" } },
    { icon: null },
    ["icon_default", "url_invalid"],
  ],
  ["an avatar without an extension as icon", { labels: { [LABELS.icon]: AVATAR } }, { icon: AVATAR }, []],
  ["a favicon as icon", { labels: { [LABELS.icon]: FAVICON } }, { icon: FAVICON }, []],
  [
    "a screenshot behind a token that expires",
    { labels: { [LABELS.screenshots]: JSON.stringify([{ alt: "a", url: `${SHOT}?token=s3same` }]) } },
    { screenshots: [{ alt: "a", url: `${SHOT}?token=s3same` }] },
    ["url_expires"],
  ],
  [
    "spaces after the commas of the categories",
    { labels: { [LABELS.categories]: "kubernetes, security , volumes" } },
    { categories: ["kubernetes", "security", "volumes"] },
    [],
  ],
  ["the labels of a base image", { labels: inherited }, { title: "Disk Lens" }, ["labels_inherited"]],
  [
    "another Dockerfile per architecture",
    {
      labelsFor: (platform): Record<string, string> =>
        platform === "linux/arm64" ? { [LABELS.title]: "Disk Lens for ARM" } : {},
    },
    { title: "Disk Lens" },
    ["label_divergence"],
  ],
  [
    "screenshots over continued lines",
    {
      labels: {
        [LABELS.screenshots]: continued(
          JSON.stringify([
            { alt: "one\n      two", url: SHOT },
            { alt: "b", url: SHOT },
          ]),
        ),
      },
    },
    {
      screenshots: [
        { alt: "one two", url: SHOT },
        { alt: "b", url: SHOT },
      ],
    },
    [],
  ],
  [
    "a description over continued lines",
    { labels: { [LABELS.description]: "Shows     what \n        fills your disk" } },
    { description: "Shows what fills your disk" },
    [],
  ],
  [
    "additional-urls with alt beside title",
    {
      labels: {
        [LABELS.additionalUrls]: '[{"alt":"The docs","title":"Docs","url":"https://acme.example/docs"}]',
      },
    },
    { additionalUrls: [{ title: "Docs", url: "https://acme.example/docs" }] },
    [],
  ],
  [
    "the vendor Docker Inc. of another publisher",
    { labels: { [LABELS.vendor]: "Docker Inc." } },
    { vendor: "Docker Inc." },
    ["reserved_vendor"],
  ],
];

test("a vendor that only another platform carries is looked at too", async () => {
  const labelsFor = (platform: string): Record<string, string> =>
    platform === "linux/arm64" ? { [LABELS.vendor]: "Docker Inc." } : {};
  const inspection = await bench.inspectImage(extensionImage({ labelsFor }));
  expect(codesOf(inspection)).toEqual(expect.arrayContaining(["label_divergence", "reserved_vendor"]));
  const everywhere = await bench.inspectImage(extensionImage({ labels: { [LABELS.vendor]: "Docker Inc." } }));
  expect(everywhere.report.findings.filter(({ code }) => code === "reserved_vendor")).toHaveLength(1);
});

describe("what extensions in use have done", () => {
  test.each(CASES)("%s", async (_oddity, options, shown, codes) => {
    const inspection = await bench.inspectImage(extensionImage(options));
    expect(inspection.report.state).toBe("inspected");
    expect(inspection.report.labels).toMatchObject(shown);
    expect(codesOf(inspection).filter((code) => !UNVISITED.includes(code))).toEqual(codes);
    expect(JSON.stringify(inspection.report.findings)).not.toContain("s3same");
  });

  test("what they meant is said where it can be guessed", async () => {
    const labels = { "com.docker.extension.category": "x", "com.docker.extension.icon": ICON };
    const { report } = await bench.inspectImage(extensionImage({ labels }));
    expect(
      report.findings.flatMap(({ code, suggestion }) => (code === "label_mistyped" ? [suggestion] : [])),
    ).toEqual([`Rename it to ${LABELS.categories}.`, `Rename it to ${LABELS.icon}.`]);
  });
});
