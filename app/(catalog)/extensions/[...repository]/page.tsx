import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CatalogFrame } from "@/app/(catalog)/catalog-frame";
import { chosenHost, type SearchParams } from "@/app/(catalog)/catalog-request";
import { ExtensionOverview } from "@/app/(catalog)/extensions/[...repository]/extension-overview";
import { extensionAt } from "@/app/(catalog)/extensions/[...repository]/load";
import { VersionOverview } from "@/app/(catalog)/extensions/[...repository]/version-overview";
import { CATALOG_FEED, shareMetadata } from "@/app/(catalog)/share-metadata";
import { extensionHref, versionHref } from "@/components/catalog/catalog-address";

type ExtensionPageProps = { params: Promise<{ repository: string[] }>; searchParams: SearchParams };

export async function generateMetadata({ params }: ExtensionPageProps): Promise<Metadata> {
  const { path, view } = extensionAt((await params).repository);
  const { title, description, icon } = view.summary();
  const name = title ?? view.repository;
  const feed = {
    path: `/api/v1/extensions/${view.repository}/-/feed.atom`,
    title: `New versions of ${name}`,
  };
  const isVersion = path.kind === "version";
  return shareMetadata({
    title: isVersion ? `${name} ${path.tag}` : name,
    description: description ?? `${view.repository}, an extension for Docker Desktop.`,
    path: isVersion
      ? versionHref(view.repository, path.tag, undefined)
      : extensionHref(view.repository, undefined),
    image: icon,
    feeds: [feed, CATALOG_FEED],
  });
}

export default async function ExtensionPage({ params, searchParams }: ExtensionPageProps) {
  const { path, view } = extensionAt((await params).repository);
  const chosen = await chosenHost(searchParams);
  await view.document.ready();
  switch (path.kind) {
    case "extension":
      return (
        <CatalogFrame chosen={chosen} here={extensionHref(view.repository, chosen.carried)}>
          <ExtensionOverview view={view} chosen={chosen} />
        </CatalogFrame>
      );
    case "version": {
      const found = view.version(path.tag);
      if (found === undefined) notFound();
      await found.ready();
      const version = found.value();
      return (
        <CatalogFrame chosen={chosen} here={versionHref(view.repository, path.tag, chosen.carried)}>
          <VersionOverview view={view} version={version} chosen={chosen} />
        </CatalogFrame>
      );
    }
  }
}
