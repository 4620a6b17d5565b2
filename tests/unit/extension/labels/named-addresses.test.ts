import { expect, test } from "vitest";
import { readLabels } from "@/lib/extension/labels/labels";
import { namedAddresses } from "@/lib/extension/labels/named-addresses";

test("each https address counts once, without fragment, as what is asked most of it", () => {
  const { labels } = readLabels({
    "com.docker.desktop.extension.icon": "https://acme.example/icon.svg#dark",
    "com.docker.extension.screenshots": JSON.stringify([
      { url: "https://acme.example/1.png", alt: "One" },
      { url: "https://acme.example/1.png#again", alt: "Again" },
      { url: "http://acme.example/plain.png", alt: "Plain" },
      { url: "https://acme.example/4.png", alt: "Four" },
    ]),
    "com.docker.extension.publisher-url": "https://acme.example/4.png",
    "com.docker.extension.additional-urls": JSON.stringify([
      { title: "Docs", url: "https://acme.example/docs" },
    ]),
  });
  expect(namedAddresses(labels).map(({ url, use, name }) => [url, use, name])).toEqual([
    ["https://acme.example/icon.svg", "icon", "icon"],
    ["https://acme.example/1.png", "screenshot", "screenshot 1"],
    ["https://acme.example/4.png", "screenshot", "screenshot 4"],
    ["https://acme.example/docs", "link", "link “Docs”"],
  ]);
});
