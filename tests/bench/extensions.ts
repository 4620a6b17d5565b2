import type { Database } from "@/lib/platform/db/database";
import { extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions } from "@/tests/builders/catalog-rows";

const EXTENSIONS = 200;
const TAGS = ["1.0.0", "1.1.0", "1.2.0", "2.0.0", "2.1.0-rc.1"];

const BATCH = 20;

/** `acme/extension-000` and so on. */
export async function writeBenchExtensions(db: Database): Promise<void> {
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
  for (let from = 0; from < records.length; from += BATCH)
    await writeExtensions(db, ...records.slice(from, from + BATCH));
}
