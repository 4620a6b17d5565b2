/** The API as it runs in production, over a catalog of 200 extensions with five versions each. */

import { writeBenchExtensions } from "@/tests/bench/extensions";
import { writeReleases } from "@/tests/builders/catalog-rows";
import { startPublicApi } from "@/tests/support/public-api";

const api = await startPublicApi({ logLevel: "info", pollMs: 1_000 });
await writeReleases(api.db);
await writeBenchExtensions(api.db);
await api.catalog.refresh();

process.on("message", () => process.send?.(process.cpuUsage()));
process.on("disconnect", () => process.exit());
process.send?.(new URL(api.origin).port);
