import type { DemoExtension, Vendor } from "@/scripts/demo/scenario/extension";
import { ICONS } from "@/scripts/demo/scenario/icons";

const OSTRAVA: Vendor = { name: "Ostrava Labs", site: "https://ostrava-labs.example" };

/** Waits for a decision. */
const BUILD_TALLY: DemoExtension = {
  repository: "ostrava/build-tally",
  title: "Build Tally",
  vendor: OSTRAVA,
  summary: "Counts what your builds cost: time, cache misses and bytes, step by step.",
  description: `<h2>Where the minutes go</h2>
<p>Build Tally reads the history of your builds and ranks the steps by what a cache miss costs you. It shows the line of
the Dockerfile to move.</p>
<ul><li>Trends for each target</li><li>Compares branches</li></ul>`,
  categories: ["ci-cd", "utility-tools"],
  icon: ICONS.tally,
  requires: ">= 0.3.4",
  licence: "MIT",
  payloadBytes: 750_000,
  versions: [
    { tag: "0.8.0", built: "2026-09-10", changes: ["Compares branches"] },
    { tag: "0.9.0", built: "2026-11-05", changes: ["Trends", "Reads remote builders"], provenance: true },
  ],
  story: [{ do: "submit", by: "publisher", expect: "in_review" }],
};

/** Taken off the list while something is looked into. */
const CLOUD_FERRY: DemoExtension = {
  repository: "ostrava/cloud-ferry",
  title: "Cloud Ferry",
  vendor: OSTRAVA,
  summary: "Takes a compose project to a cloud of your choice, and back.",
  description: `<p>Cloud Ferry turns a compose file into what your provider understands, shows the price before the first
byte moves, and keeps the way back open.</p>`,
  categories: ["cloud-deployment", "cloud-development"],
  icon: ICONS.ferry,
  requires: ">= 0.3.0",
  payloadBytes: 980_000,
  needsAccount: true,
  versions: [
    { tag: "1.0.0", built: "2026-04-22", changes: ["First release"] },
    { tag: "1.0.1", built: "2026-06-02", changes: ["Prices in the currency of the account"] },
  ],
  story: [
    { do: "submit", by: "publisher", expect: "in_review" },
    { do: "approve" },
    { do: "scan" },
    { do: "suspend", reason: "It sent project names to an address that its description does not mention." },
  ],
};

export const OSTRAVA_EXTENSIONS = [BUILD_TALLY, CLOUD_FERRY];
