import type { DemoExtension } from "@/scripts/demo/scenario/extension";
import { ICONS } from "@/scripts/demo/scenario/icons";
import { CLUSTER_COMPASS_SCREENS, NET_PROBE_SCREENS } from "@/scripts/demo/scenario/screens/tidewater";

const TIDEWATER = "Tidewater Systems";

const PROBE_SERVICES = (capture: string) => `services:
  probe:
    image: \${DESKTOP_PLUGIN_IMAGE}
    restart: unless-stopped
${capture}    volumes:
      - recordings:/recordings
volumes:
  recordings:
`;

/** The newest version installs host programs that were not approved, so it is held. */
const NET_PROBE: DemoExtension = {
  repository: "tidewater/net-probe",
  title: "Net Probe",
  vendor: TIDEWATER,
  summary: "Watches the traffic between your containers and explains what went wrong.",
  description: `<h2>Who talks to whom</h2>
<p>Net Probe lists the connections between containers, names those that fail, and says why: a name that does not
resolve, a port without a listener, an expired certificate.</p>
<ul><li>Live and recorded</li><li>Filters by project, service and port</li><li>Exports for your packet analyser</li></ul>`,
  categories: ["networking", "testing-tools"],
  icon: ICONS.probe,
  screenshots: NET_PROBE_SCREENS,
  requires: ">= 0.3.0",
  license: "BSD-3-Clause",
  payloadBytes: 1_100_000,
  backend: true,
  versions: [
    { tag: "1.4.0", built: "2026-03-30", changes: ["TLS errors are explained"] },
    { tag: "1.5.0", built: "2026-07-21", changes: ["Recordings"], compose: PROBE_SERVICES("") },
  ],
  story: [
    { do: "submit", by: "publisher", expect: "in_review" },
    { do: "approve" },
    { do: "scan" },
    {
      do: "push",
      version: {
        tag: "2.0.0",
        built: "2026-11-09",
        changes: ["Sees traffic of the host as well, with a small program that is installed there"],
        compose: PROBE_SERVICES("    network_mode: host\n    cap_add: [NET_ADMIN, NET_RAW]\n"),
        hostBinaries: true,
        provenance: true,
      },
    },
    { do: "scan" },
  ],
};

/** Many versions, and a prerelease. */
const CLUSTER_COMPASS: DemoExtension = {
  repository: "tidewater/cluster-compass",
  title: "Cluster Compass",
  vendor: TIDEWATER,
  summary: "Walk through any Kubernetes cluster that your kubeconfig knows, without typing.",
  description: `<h2>Find your way</h2>
<p>Contexts on the left, what needs attention on top. Cluster Compass follows a failing pod to the deployment, the
config map and the commit that changed it.</p>
<ul><li>Logs of all pods of a deployment in one stream</li><li>Port forwarding that survives restarts</li>
<li>Read-only mode for production</li></ul>`,
  categories: ["kubernetes", "container-orchestration"],
  icon: ICONS.compass,
  screenshots: CLUSTER_COMPASS_SCREENS,
  requires: ">= 0.3.0",
  license: "Apache-2.0",
  payloadBytes: 1_600_000,
  versions: [
    { tag: "2.0.0", built: "2025-12-01", requires: ">= 0.2.3", changes: ["Several clusters side by side"] },
    { tag: "2.1.0", built: "2026-02-16", changes: ["Logs of a whole deployment"] },
    { tag: "2.2.0", built: "2026-05-18", changes: ["Port forwarding survives restarts"] },
    { tag: "2.2.1", built: "2026-05-20", changes: ["Contexts with dots in their names"] },
    {
      tag: "2.3.0",
      built: "2026-08-31",
      requires: ">= 0.3.4",
      changes: ["Read-only mode", "A quarter of the memory"],
      provenance: true,
      signed: "referrer",
    },
  ],
  story: [
    { do: "submit", by: "publisher", expect: "in_review" },
    { do: "approve" },
    {
      do: "push",
      version: {
        tag: "3.0.0-rc.1",
        built: "2026-11-16",
        requires: ">= 0.4.2",
        changes: ["Release candidate: follows a pod to the commit that changed it"],
        provenance: true,
      },
    },
    { do: "scan" },
  ],
};

export const TIDEWATER_EXTENSIONS = [NET_PROBE, CLUSTER_COMPASS];
