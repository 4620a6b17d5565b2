import type { DemoExtension } from "@/scripts/demo/scenario/extension";
import { ICONS } from "@/scripts/demo/scenario/icons";
import { SECRET_SWEEP_SCREENS, TRACE_LANTERN_SCREENS } from "@/scripts/demo/scenario/screens/quietbyte";

const QUIETBYTE = "Quietbyte";

/** One version was yanked. */
const SECRET_SWEEP: DemoExtension = {
  repository: "quietbyte/secret-sweep",
  title: "Secret Sweep",
  vendor: QUIETBYTE,
  summary: "Looks for keys and passwords in images before someone else finds them.",
  description: `<p>Secret Sweep reads every layer of an image, also the files that a later layer deletes, and names the
line that brought a key in.</p>
<ul><li>Two hundred kinds of keys, each checked for being alive only if you ask</li>
<li>Runs on your machine; nothing is sent anywhere</li><li>A report for the review</li></ul>`,
  categories: ["security"],
  icon: ICONS.sweep,
  screenshots: SECRET_SWEEP_SCREENS,
  requires: ">= 0.3.3",
  license: "MPL-2.0",
  payloadBytes: 900_000,
  versions: [
    { tag: "1.3.0", built: "2026-04-02", changes: ["Deleted files are read too"] },
    { tag: "1.4.0", built: "2026-08-05", changes: ["Reports as SARIF"] },
    { tag: "1.4.1", built: "2026-10-01", changes: ["Faster on images with many layers"] },
  ],
  story: [
    { do: "submit", by: "partner", expect: "in_review" },
    { do: "approve" },
    { do: "scan" },
    { do: "yank", tag: "1.4.1", reason: "Misses keys in layers above 2 GB. Use 1.4.0 until 1.4.2 is there." },
  ],
};

/** Deprecated in favor of another extension. */
const LOG_LANTERN: DemoExtension = {
  repository: "quietbyte/log-lantern",
  title: "Log Lantern",
  vendor: QUIETBYTE,
  summary: "Logs of all containers in one searchable stream.",
  description: `<p>Log Lantern collects the logs of your containers, understands JSON and common formats, and finds the
line you remember half of.</p>`,
  categories: ["utility-tools"],
  icon: ICONS.lantern,
  requires: ">= 0.2.3",
  license: "MIT",
  payloadBytes: 700_000,
  versions: [
    { tag: "3.0.0", built: "2025-09-15", changes: ["Search in all projects"] },
    { tag: "3.0.4", built: "2026-01-27", changes: ["Security updates; the last release"] },
  ],
  story: [
    { do: "submit", by: "partner", expect: "in_review" },
    { do: "approve" },
    { do: "scan" },
    {
      do: "deprecate",
      message: "Log Lantern gets no more updates. Trace Lantern shows the same logs, and traces beside them.",
      replacement: "quietbyte/trace-lantern",
    },
  ],
};

const TRACE_LANTERN: DemoExtension = {
  repository: "quietbyte/trace-lantern",
  title: "Trace Lantern",
  vendor: QUIETBYTE,
  summary: "Logs and traces of your containers, side by side and in the order they happened.",
  description: `<h2>One timeline</h2>
<p>Trace Lantern receives OpenTelemetry from your containers and puts logs between the spans they belong to. A request
that took too long opens like a book.</p>
<ul><li>Works without changing your compose file</li><li>Keeps an hour in memory, a week on disk if you like</li></ul>`,
  categories: ["utility-tools", "testing-tools"],
  icon: ICONS.trace,
  screenshots: TRACE_LANTERN_SCREENS,
  requires: ">= 0.3.4",
  license: "Apache-2.0",
  payloadBytes: 1_300_000,
  backend: true,
  versions: [
    { tag: "1.0.0", built: "2026-02-10", changes: ["First release"] },
    { tag: "1.1.0", built: "2026-06-09", changes: ["A week on disk"] },
    { tag: "1.2.0", built: "2026-10-20", changes: ["Logs between spans"], provenance: true },
  ],
  story: [{ do: "submit", by: "partner", expect: "in_review" }, { do: "approve" }, { do: "scan" }],
};

export const QUIETBYTE_EXTENSIONS = [SECRET_SWEEP, LOG_LANTERN, TRACE_LANTERN];
