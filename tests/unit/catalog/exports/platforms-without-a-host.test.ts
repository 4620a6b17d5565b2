/** Every answer that does not know the host names a version that installs on every machine, whenever there is one. */

import { expect, test } from "vitest";
import { extensionBadge } from "@/lib/catalog/badges/extension-badge";
import { extensionsText } from "@/lib/catalog/exports/docker-desktop";
import { findByHubKey, hubMetadata } from "@/lib/catalog/exports/docker-hub";
import type { LongText } from "@/lib/catalog/exports/export-document";
import { type PodmanCatalog, podmanCatalog } from "@/lib/catalog/exports/podman-desktop";
import { type AllowedExtensions, allowedExtensions } from "@/lib/catalog/exports/rancher-desktop";
import { buildSnapshot, type Snapshot } from "@/lib/catalog/snapshot/snapshot";
import { catalogRecords, extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import fc from "@/tests/builders/fast-check";
import { inspectionReport } from "@/tests/builders/inspection-report";
import { NOW, ORIGIN } from "@/tests/unit/catalog/exports/shelf";

const ARCHITECTURES = ["amd64", "arm64"];

/** `v`, as fast-check draws it: its number, the architectures, and whether some Docker Desktop can run it. */
type Drawn = { minor: number; architectures: string[]; runs: boolean };

const drawn = fc.uniqueArray(
  fc.record({
    minor: fc.integer({ min: 0, max: 9 }),
    architectures: fc.subarray(ARCHITECTURES, { minLength: 1 }),
    runs: fc.boolean(),
  }),
  { selector: ({ minor }) => minor, minLength: 1, maxLength: 6 },
);

function recordOf({ minor, architectures, runs }: Drawn) {
  const { platforms } = inspectionReport("platforms");
  return versionRecord(`1.${minor}.0`, {
    report: {
      platforms: platforms.filter(({ architecture }) => architectures.includes(architecture)),
      requirements: architectures.map((architecture) => ({
        platform: `linux/${architecture}`,
        raw: runs ? ">= 0.2.0" : ">= 9.9.9",
      })),
    },
  });
}

function snapshotOf(versions: readonly Drawn[]): Snapshot {
  const extension = extensionRecord("docker.io/acme/lens", { versions: versions.map(recordOf) });
  return buildSnapshot(catalogRecords([extension]), NOW);
}

/** The contract in other words: see docs/decisions/030-latest-has-both-platforms.md. */
function expectedOf(versions: readonly Drawn[]): Drawn | undefined {
  const newestFirst = versions.toSorted((a, b) => b.minor - a.minor);
  const running = newestFirst.filter(({ runs }) => runs);
  const among = running.length > 0 ? running : newestFirst;
  return among.find(({ architectures }) => architectures.length === 2) ?? among[0];
}

function read<Value>({ pieces }: LongText): Value {
  return JSON.parse(pieces.join(""));
}

async function answersOf(snapshot: Snapshot): Promise<Record<string, string | undefined>> {
  const view = snapshot.find("acme/lens");
  const text = (await extensionsText(snapshot, ORIGIN, undefined)).pieces.join("");
  return {
    latest: view?.summary().latest?.tag,
    allowList: view?.allowListItem()?.tag ?? undefined,
    badge: extensionBadge("version", view).words,
    hub: hubMetadata(findByHubKey(snapshot, "acme_lens"), NOW, ORIGIN).LatestVersion.Tag,
    extensionsText: /^acme\/lens:(.*)$/m.exec(text)?.[1],
  };
}

test("all of them name the same version, which has both platforms whenever a version that runs has them", async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async (versions) => {
      const tag = `1.${expectedOf(versions)?.minor}.0`;
      const answers = await answersOf(snapshotOf(versions));
      expect(answers).toEqual({
        latest: tag,
        allowList: tag,
        badge: tag,
        hub: tag,
        extensionsText: tag,
      });
    }),
    { numRuns: 150 },
  );
});

test("formats with many versions name only those for both platforms, unless none is", async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async (versions) => {
      const both = versions.filter(({ architectures }) => architectures.length === 2);
      const tags = (both.length > 0 ? both : versions)
        .toSorted((a, b) => b.minor - a.minor)
        .map(({ minor }) => `1.${minor}.0`);
      const snapshot = snapshotOf(versions);
      const rancher = await allowedExtensions(snapshot, undefined);
      const podman = await podmanCatalog(snapshot, ORIGIN);
      expect(read<AllowedExtensions>(rancher).application.extensions.allowed.list).toEqual(
        tags.map((tag) => `acme/lens:${tag}`),
      );
      expect(read<PodmanCatalog>(podman).extensions[0]?.versions.map(({ version }) => version)).toEqual(tags);
      expect([rancher.omitted, podman.omitted]).toEqual(Array(2).fill(versions.length - tags.length));
    }),
    { numRuns: 150 },
  );
});
