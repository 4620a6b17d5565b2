/** Exports for Docker's private marketplace: the files that `extension-admin generate` and `apply` read. */

import { mapWithYield } from "@/lib/catalog/encoding/map-with-yield";
import type { LongText } from "@/lib/catalog/exports/export-document";
import { portableChoice } from "@/lib/catalog/exports/portable-versions";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";
import type { LostTag } from "@/lib/catalog/views/compact-extension";
import type { ExtensionView } from "@/lib/catalog/views/extension-view";
import type { Host } from "@/lib/extension/desktop/desktop-release";

/** One `repository:tag` line per extension; comments list what was left out. `origin` is this instance's URL. */
export async function extensionsText(
  snapshot: Snapshot,
  origin: string,
  host: Host | undefined,
): Promise<LongText> {
  const head = [
    `# What ${origin} allows, for: extension-admin generate`,
    host === undefined
      ? "# One line for each extension, with its newest version for both linux/amd64 and linux/arm64."
      : `# One line for each extension that is available for ${hostWords(host)}, with that version.`,
  ];
  let omitted = 0;
  const pieces = await mapWithYield(snapshot.listed(), (view) => {
    const { lines, omitted: left } = linesOf(view, host);
    omitted += left;
    return textOf(lines);
  });
  return { pieces: [textOf(head), ...pieces], omitted };
}

function textOf(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

function linesOf(view: ExtensionView, host: Host | undefined): { lines: string[]; omitted: number } {
  const { tag, missing, why, lost } = portableChoice(view, host);
  const { repository } = view;
  const lines = lost.map((one) => `# ${repository}:${one.tag} is omitted: ${LOSSES[one.why]}.`);
  if (tag === undefined) {
    lines.push(`# ${repository} is omitted: ${why}`);
    return { lines, omitted: lost.length + 1 };
  }
  if (missing.length > 0)
    lines.push(
      `# ${repository}:${tag} is not available for ${missing.join(" and ")}; no version is for both.`,
    );
  lines.push(`${repository}:${tag}`);
  return { lines, omitted: lost.length };
}

const LOSSES: Record<LostTag["why"], string> = {
  moved: "the tag no longer points to the accepted image",
  missing: "the registry no longer has the tag",
};

function hostWords({ desktop, api, architecture }: Host): string {
  return `${desktop === undefined ? `Extension API ${api ?? ""}` : `Docker Desktop ${desktop}`} on ${architecture}`;
}

/** Docker Desktop's format: each setting with whether it is locked for users. */
export type AdminSettings = {
  configurationFileVersion: 2;
  extensionsEnabled: Setting<boolean>;
  onlyMarketplaceExtensions: Setting<boolean>;
  extensionsPrivateMarketplace: Setting<boolean>;
  extensionsPrivateMarketplaceAdminContactURL: Setting<string>;
};

type Setting<Value> = { value: Value; locked: boolean };

/** The part of `admin-settings.json` that enables the private marketplace. Its contact link leads to this instance. */
export function adminSettings(origin: string): AdminSettings {
  return {
    configurationFileVersion: 2,
    extensionsEnabled: { value: true, locked: true },
    onlyMarketplaceExtensions: { value: true, locked: true },
    extensionsPrivateMarketplace: { value: true, locked: true },
    extensionsPrivateMarketplaceAdminContactURL: { value: `${origin}/publish/new`, locked: true },
  };
}
