import { compatibilityOfFit, compatibilityOfVersion } from "@/components/catalog/compatibility/compatibility";
import type { VersionRow } from "@/components/catalog/extension/version-table";
import type { HostChoice } from "@/lib/catalog/queries/host-choice";
import type { ExtensionView } from "@/lib/catalog/views/extension-view";
import { compareSemver, parseSemver } from "@/lib/extension/reference/semver";

/** Every public version, newest first, with its compatibility with the chosen host, if any. */
export function versionRows(view: ExtensionView, host: HostChoice | undefined): VersionRow[] {
  const rows = [...offeredRows(view, host), ...withdrawnRows(view)];
  return rows.sort((a, b) => {
    const [first, second] = [parseSemver(a.version), parseSemver(b.version)];
    return first && second ? compareSemver(second, first) : 0;
  });
}

function offeredRows(view: ExtensionView, host: HostChoice | undefined): VersionRow[] {
  const fits = new Map((host ? view.fits(host) : []).map((fit) => [fit.tag, fit]));
  const records = new Map(view.record.versions.map((record) => [record.tag, record]));
  return view.document.value().versions.map((version): VersionRow => {
    const fit = fits.get(version.tag);
    const record = records.get(version.tag);
    const { tag, channel, listedAt, requirement } = version;
    return {
      tag,
      version: version.version,
      channel,
      listedAt,
      range: requirement.range,
      compatibility: fit && host ? compatibilityOfFit(fit, host) : compatibilityOfVersion(version),
      withdrawn: null,
      tagLost: Boolean(record?.moved ?? record?.missingSince),
    };
  });
}

function withdrawnRows(view: ExtensionView): VersionRow[] {
  return view.record.versions.flatMap(({ tag, visibility }): VersionRow[] => {
    if (visibility !== "yanked" && visibility !== "blocked") return [];
    const version = view.version(tag)?.value();
    if (version === undefined) return [];
    return [
      {
        tag,
        version: version.version,
        channel: version.channel,
        listedAt: version.listedAt,
        range: version.requirement.range,
        compatibility: null,
        withdrawn: { label: visibility === "yanked" ? "Withdrawn" : "Blocked", why: version.reason?.message },
        tagLost: false,
      },
    ];
  });
}
