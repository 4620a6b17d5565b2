import type { DemoExtension } from "@/scripts/demo/scenario/extension";
import { ICONS } from "@/scripts/demo/scenario/icons";
import {
  DISK_LENS_SCREENS,
  PORT_MAP_SCREENS,
  VOLUME_VAULT_SCREENS,
} from "@/scripts/demo/scenario/screens/acme";

const ACME = "Acme Tools";

/** The newest version needs a newer Docker Desktop than older ones. */
const DISK_LENS: DemoExtension = {
  repository: "acme/disk-lens",
  title: "Disk Lens",
  vendor: ACME,
  summary: "Shows what fills the disk of your Docker Desktop, and clears it without surprises.",
  description: `<h2>Find the gigabytes</h2>
<p>Disk Lens draws images, containers, volumes and build cache as one map, largest first. Every block says what it is,
when it was last used and what would be lost with it.</p>
<h2>Clear with care</h2>
<ul><li>A dry run before every deletion</li><li>Rules such as <em>unused for 30 days</em></li>
<li>An undo list for images that can be pulled again</li></ul>`,
  categories: ["utility-tools", "volumes"],
  icon: ICONS.lens,
  screenshots: DISK_LENS_SCREENS,
  requires: ">= 0.3.0",
  license: "Apache-2.0",
  payloadBytes: 1_400_000,
  backend: true,
  versions: [
    { tag: "1.0.0", built: "2026-02-03", changes: ["First release"] },
    {
      tag: "1.1.0",
      built: "2026-04-14",
      changes: ["Build cache is part of the map", "Volumes tell when they were last mounted"],
    },
    {
      tag: "1.2.0",
      built: "2026-06-30",
      requires: ">= 0.3.4",
      changes: ["Rules for what may be cleared", "Half the start-up time on large disks"],
    },
    {
      tag: "1.2.1",
      built: "2026-07-08",
      requires: ">= 0.3.4",
      changes: ["Sizes above 1 TB are shown right"],
    },
  ],
  story: [
    { do: "submit", by: "publisher", expect: "in_review" },
    { do: "approve" },
    {
      do: "push",
      version: {
        tag: "2.0.0",
        built: "2026-11-02",
        requires: ">= 0.4.2",
        changes: ["A new map that zooms", "Uses the toast messages of newer Docker Desktop releases"],
        provenance: true,
        signed: "tag",
      },
    },
    { do: "scan" },
  ],
};

/** Pushed for one platform only. */
const PORT_MAP: DemoExtension = {
  repository: "acme/port-map",
  title: "Port Map",
  vendor: ACME,
  summary: "All published ports at a glance, with who took the one you wanted.",
  description: `<p>One table of every published port: container, project, protocol, and what answers there.</p>
<ul><li>Says which process or container holds a port that you need</li><li>Opens web ports with one click</li>
<li>Warns when a port is open to the whole network</li></ul>`,
  categories: ["networking"],
  icon: ICONS.ports,
  screenshots: PORT_MAP_SCREENS,
  // Its label links to a missing icon; the one inside the image is shown.
  gone: ["icon.svg"],
  requires: ">= 0.2.3",
  license: "MIT",
  architectures: ["amd64"],
  payloadBytes: 620_000,
  versions: [
    { tag: "0.9.0", built: "2026-03-20", changes: ["First public version"] },
    { tag: "0.9.1", built: "2026-05-11", changes: ["UDP ports are listed"] },
  ],
  story: [{ do: "submit", by: "publisher", expect: "in_review" }, { do: "approve" }, { do: "scan" }],
};

/** Reads volumes through the Docker socket. */
const VAULT_SERVICES = `services:
  vault:
    image: \${DESKTOP_PLUGIN_IMAGE}
    environment:
      - VAULT_PASSPHRASE
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock
      - snapshots:/snapshots
volumes:
  snapshots:
    name: volume-vault-snapshots
`;

/** Approved for one major version; others are scanned but not offered. */
const VOLUME_VAULT: DemoExtension = {
  repository: "acme/volume-vault",
  title: "Volume Vault",
  vendor: ACME,
  summary: "Snapshots of volumes on a schedule, and a way back that you can try first.",
  description: `<h2>Before the migration, not after</h2>
<p>Volume Vault takes snapshots of named volumes on a schedule or before <code>docker compose down</code>, and mounts any
of them beside the original so that you can look before you restore.</p>
<ul><li>Snapshots share unchanged blocks</li><li>Archives can be encrypted with a passphrase</li>
<li>Nothing leaves the machine unless you export it</li></ul>`,
  categories: ["volumes", "utility-tools"],
  icon: ICONS.vault,
  screenshots: VOLUME_VAULT_SCREENS,
  requires: ">= 0.3.3",
  license: "Apache-2.0",
  payloadBytes: 1_900_000,
  backend: true,
  versions: [
    { tag: "v1.0.0", built: "2026-01-19", changes: ["First release"] },
    { tag: "v1.1.0", built: "2026-05-05", changes: ["Schedules", "Encrypted archives"] },
    {
      tag: "v1.1.1",
      built: "2026-05-28",
      changes: ["Restoring into a running project asks first"],
      compose: VAULT_SERVICES,
    },
  ],
  story: [
    { do: "submit", by: "publisher", expect: "in_review" },
    { do: "approve", range: "^1" },
    {
      do: "push",
      version: {
        tag: "v2.0.0",
        built: "2026-10-12",
        changes: ["A new archive format; archives of version 1 are read once and converted"],
      },
    },
    { do: "scan" },
  ],
};

export const ACME_EXTENSIONS = [DISK_LENS, PORT_MAP, VOLUME_VAULT];
