import { expect, test } from "vitest";
import { checkedMediaLines } from "@/components/preflight/checked-media";
import { checkedMediaDocuments } from "@/lib/catalog/documents/checked-media-document";

const url = "https://acme.example/x";
const picture = {
  sha256: "0".repeat(64),
  contentType: "image/webp",
  sizeBytes: 1,
  width: 8,
  height: 8,
} as const;
const why = "acme.example answers with status 404: there is no such file";

test("each image and link gets one line with its result, and never a URL of ours", () => {
  const documents = checkedMediaDocuments({
    icon: { url, alt: "", outcome: "stored", picture },
    screenshots: [
      { url, alt: "", outcome: "dead", why },
      { url, alt: "The list", outcome: "unusable", why: "it is a web page" },
    ],
    links: [
      { title: "Publisher", url, outcome: "reachable" },
      { title: "Docs", url, outcome: "not_checked", why: "the host does not answer" },
    ],
  });
  expect(new Set(documents.map((document) => document.url))).toEqual(new Set([url]));
  expect(checkedMediaLines(documents).map(({ name, outcome, result }) => [name, outcome, result])).toEqual([
    ["Icon", "fine", "OK"],
    ["Screenshot 1", "dead", `broken: ${why}`],
    ["Screenshot 2, “The list”", "unusable", "can’t be displayed: it is a web page"],
    ["Publisher link", "fine", "OK"],
    ["Docs link", "not_checked", "not checked: the host does not answer"],
  ]);
});
