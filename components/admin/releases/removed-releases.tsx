import { UseShipped } from "@/components/admin/releases/release-table";
import { Fold } from "@/components/ui/fold";
import type { FormAction } from "@/components/ui/form-state";
import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";

type RemovedReleasesProps = {
  releases: readonly DesktopRelease[];
  /** Undefined without permission to change releases. */
  put: FormAction | undefined;
};

/** Releases that Gantry ships and an admin removed. Upgrades do not add them again. */
export function RemovedReleases({ releases, put }: RemovedReleasesProps) {
  if (releases.length === 0) return null;
  const count =
    releases.length === 1 ? "1 release that Gantry ships" : `${releases.length} releases that Gantry ships`;
  return (
    <Fold title={`Removed here: ${count}`}>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {releases.map((release) => (
          <li key={release.version} className="flex flex-wrap items-center justify-between gap-3 px-4 py-2">
            <span>
              {release.version}: Extension API {release.apiVersion ?? "unknown"}
            </span>
            {put ? (
              <UseShipped shipped={release} action={put} submit={`Add ${release.version} again`} />
            ) : null}
          </li>
        ))}
      </ul>
    </Fold>
  );
}
