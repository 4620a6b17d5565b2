import type { DemoExtension } from "@/scripts/demo/scenario/extension";
import { ICONS } from "@/scripts/demo/scenario/icons";
import { QUERY_BENCH_SCREENS, SCHEMA_ATLAS_SCREENS } from "@/scripts/demo/scenario/screens/lumenforge";

const LUMENFORGE = "Lumenforge";

/** A tag is pushed again with different content after listing. */
const QUERY_BENCH: DemoExtension = {
  repository: "lumenforge/query-bench",
  title: "Query Bench",
  vendor: LUMENFORGE,
  summary: "Opens the databases in your containers and shows why a query is slow.",
  description: `<h2>No connection strings</h2>
<p>Query Bench finds PostgreSQL, MySQL and SQLite in running containers and connects automatically. Plans are drawn as trees,
with the step that costs most marked.</p>
<ul><li>History of queries for each project</li><li>Plans side by side, before and after an index</li>
<li>Read-only unless you switch it off</li></ul>`,
  categories: ["database"],
  icon: ICONS.query,
  screenshots: QUERY_BENCH_SCREENS,
  requires: ">= 0.3.0",
  license: "MIT",
  payloadBytes: 1_700_000,
  backend: true,
  versions: [
    { tag: "1.1.0", built: "2026-03-02", changes: ["MySQL"] },
    { tag: "1.2.0", built: "2026-06-17", changes: ["Plans side by side"] },
    { tag: "1.3.0", built: "2026-09-24", changes: ["SQLite files in volumes", "Dark mode"] },
  ],
  story: [
    { do: "submit", by: "partner", expect: "in_review" },
    { do: "approve" },
    { do: "scan" },
    {
      do: "push",
      version: {
        tag: "1.3.0",
        built: "2026-09-26",
        changes: ["SQLite files in volumes", "Dark mode", "A fix"],
      },
    },
    { do: "scan" },
  ],
};

/** Names a category that does not exist. */
const SEED_BOX: DemoExtension = {
  repository: "lumenforge/seed-box",
  title: "Seed Box",
  vendor: LUMENFORGE,
  summary: "Fills development databases with data that looks real but is synthetic.",
  description: `<p>Describe a table once; Seed Box fills it with names, addresses, orders and time series that hang
together. The same seed gives the same rows on every machine of the team.</p>`,
  categories: ["database", "data-seeding"],
  icon: ICONS.seed,
  gone: ["docs"],
  requires: ">=0.2.3 <1.0.0",
  payloadBytes: 540_000,
  versions: [
    { tag: "0.4.0", built: "2026-02-25", changes: ["Time series"] },
    { tag: "0.5.0", built: "2026-08-19", changes: ["Shared seeds", "Twelve more locales"] },
  ],
  story: [{ do: "submit", by: "partner", expect: "in_review" }, { do: "approve" }, { do: "scan" }],
};

/** Waits for a decision. */
const SCHEMA_ATLAS: DemoExtension = {
  repository: "lumenforge/schema-atlas",
  title: "Schema Atlas",
  vendor: LUMENFORGE,
  summary: "Draws the tables of a running database and how they hang together.",
  description: `<p>Point Schema Atlas at a container and get a map: tables, keys, and the relations that no one
declared but every query uses.</p>`,
  categories: ["database", "utility-tools"],
  icon: ICONS.atlas,
  screenshots: SCHEMA_ATLAS_SCREENS,
  requires: "0.3.4",
  license: "MIT",
  payloadBytes: 480_000,
  versions: [{ tag: "0.1.0", built: "2026-11-12", changes: ["First public version"] }],
  story: [{ do: "submit", by: "partner", expect: "in_review" }],
};

export const LUMENFORGE_EXTENSIONS = [QUERY_BENCH, SEED_BOX, SCHEMA_ATLAS];
