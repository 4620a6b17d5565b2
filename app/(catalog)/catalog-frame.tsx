import type { ReactNode } from "react";
import type { ChosenHost } from "@/app/(catalog)/catalog-request";
import { SiteFrame } from "@/app/site-frame";
import { HostChooser } from "@/components/catalog/browse/host-chooser";
import type { SearchFormProps } from "@/components/site/search-form";
import { catalog } from "@/lib/catalog/catalog";

type CatalogFrameProps = {
  chosen: ChosenHost;
  /** The page's path and query. */
  here: string;
  search?: SearchFormProps;
  children: ReactNode;
};

/** The frame of catalog pages. Not a layout, because layouts don't receive the query, which names the chosen host. */
export function CatalogFrame({ chosen: { host, carried }, here, search, children }: CatalogFrameProps) {
  const { rows } = catalog.get().current().evaluation.releases;
  const releases = rows.map(({ release }) => release.version).toReversed();
  return (
    <SiteFrame
      search={search ?? { keep: carriedParameters(carried) }}
      host={<HostChooser host={host} releases={releases} here={here} />}
    >
      {children}
    </SiteFrame>
  );
}

function carriedParameters(host: ChosenHost["carried"]) {
  if (host === undefined) return [];
  return [
    { name: "desktop", value: host.desktop },
    { name: "arch", value: host.architecture },
  ];
}
