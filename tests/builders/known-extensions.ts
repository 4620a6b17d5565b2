/** Real extensions, by what their image labels say. An empty text means that the label was not seen. */

import { readFileSync } from "node:fs";
import type { ExtensionRecord } from "@/lib/marketplace/public-records";
import { extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { tabbedLines } from "@/tests/builders/tabbed-lines";

const FILE = new URL("./known-extensions.tsv", import.meta.url);

export function knownExtensions(): ExtensionRecord[] {
  return tabbedLines(readFileSync(FILE, "utf8")).map(([name = "", title, vendor, categories]) => {
    const repository = name.startsWith("ghcr.io/") ? name : `docker.io/${name}`;
    const labels = {
      title: title || null,
      vendor: vendor || null,
      description: null,
      categories: (categories ?? "")
        .split(",")
        .map((category) => category.trim())
        .filter((category) => category !== ""),
    };
    return extensionRecord(repository, {
      versions: [versionRecord("1.0.0", { report: { repository, labels } })],
    });
  });
}
