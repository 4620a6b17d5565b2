/** The API as it runs in production, over a catalog of 200 extensions with five versions each. */

import { extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions, writeReleases } from "@/tests/builders/catalog-rows";
import { startPublicApi } from "@/tests/support/public-api";

const EXTENSIONS = 200;
const TAGS = ["1.0.0", "1.1.0", "1.2.0", "2.0.0", "2.1.0-rc.1"];

const api = await startPublicApi({ logLevel: "info", pollMs: 1_000 });
await writeReleases(api.db);
const records = Array.from({ length: EXTENSIONS }, (_none, index) => {
  const repository = `docker.io/acme/extension-${String(index).padStart(3, "0")}`;
  const labels = {
    title: `Extension ${index}`,
    description: "What it does, in one or two lines of plain text.",
  };
  return extensionRecord(repository, {
    versions: TAGS.map((tag) => versionRecord(tag, { report: { repository, labels } })),
  });
});
for (let from = 0; from < EXTENSIONS; from += 20)
  await writeExtensions(api.db, ...records.slice(from, from + 20));
await api.catalog.refresh();

process.on("message", () => process.send?.(process.cpuUsage()));
process.on("disconnect", () => process.exit());
process.send?.(new URL(api.origin).port);
