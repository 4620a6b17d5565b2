import type { DemoExtension } from "@/scripts/demo/scenario/extension";
import { ICONS } from "@/scripts/demo/scenario/icons";
import { BUILD_TALLY_SCREENS } from "@/scripts/demo/scenario/screens/ostrava";

const OSTRAVA = "Ostrava Labs";

const TALLY_SERVICES = `services:
  tally:
    image: \${DESKTOP_PLUGIN_IMAGE}
    restart: unless-stopped
    volumes:
      - history:/history
volumes:
  history:
`;

const TALLY_SERVICES_NOW = `services:
  tally:
    image: \${DESKTOP_PLUGIN_IMAGE}
    restart: unless-stopped
    environment:
      - TALLY_REMOTE_BUILDERS
    ports:
      - "127.0.0.1:8123:8123"
    volumes:
      - history:/history
      - /var/run/docker.sock:/var/run/docker.sock
volumes:
  history:
`;

/** Approved once and revoked. A newer version waits for a decision, next to the approved one. */
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
  screenshots: BUILD_TALLY_SCREENS,
  gone: ["branches.png", "docs"],
  requires: ">= 0.3.4",
  license: "MIT",
  payloadBytes: 750_000,
  backend: true,
  versions: [
    {
      tag: "0.8.0",
      built: "2026-09-10",
      requires: ">= 0.3.0",
      architectures: ["amd64"],
      changes: ["Compares branches"],
      compose: TALLY_SERVICES,
      labels: { "org.opencontainers.image.description": "Counts what your builds cost: time and bytes." },
    },
  ],
  story: [
    { do: "submit", by: "publisher", expect: "in_review" },
    { do: "approve" },
    { do: "scan" },
    { do: "revoke", reason: "At its maker's wish, until it runs on Apple silicon too." },
    {
      do: "push",
      version: {
        tag: "0.9.0",
        built: "2026-11-05",
        changes: ["Trends", "Reads remote builders"],
        compose: TALLY_SERVICES_NOW,
        hostBinaries: true,
        provenance: true,
        signed: "tag",
      },
    },
    { do: "submit", by: "publisher", expect: "in_review" },
  ],
};

/** Suspended during an investigation. */
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

/** Has several problems, each with the line that fixes it. */
const PIPE_ORGAN: DemoExtension = {
  repository: "ostrava/pipe-organ",
  title: "Pipe Organ",
  vendor: OSTRAVA,
  summary: "Runs the pipeline of your project on your own machine, stop by stop.",
  description: "<p>Pipe Organ reads the pipeline files of common CI systems and plays them locally.</p>",
  categories: ["ci-cd", "pipelines"],
  icon: ICONS.organ,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a build argument that was never filled in
  requires: "${EXTENSION_API}",
  payloadBytes: 430_000,
  versions: [
    {
      tag: "0.1.0",
      built: "2026-11-17",
      changes: ["First public version"],
      labels: {
        "org.opencontainers.image.vendor": null,
        "com.docker.extension.publisher-url": "ostrava-labs",
      },
    },
  ],
  story: [{ do: "submit", by: "publisher", expect: "needs_changes" }],
};

export const OSTRAVA_EXTENSIONS = [BUILD_TALLY, CLOUD_FERRY, PIPE_ORGAN];
