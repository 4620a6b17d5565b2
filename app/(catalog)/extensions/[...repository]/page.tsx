import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CatalogFrame } from "@/app/(catalog)/catalog-frame";
import { chosenHost, type SearchParams } from "@/app/(catalog)/catalog-request";
import { ExtensionOverview } from "@/app/(catalog)/extensions/[...repository]/extension-overview";
import { extensionAt } from "@/app/(catalog)/extensions/[...repository]/load";
import { VersionOverview } from "@/app/(catalog)/extensions/[...repository]/version-overview";
import { extensionHref, versionHref } from "@/components/catalog/catalog-address";

type ExtensionPageProps = { params: Promise<{ repository: string[] }>; searchParams: SearchParams };

export async function generateMetadata({ params }: ExtensionPageProps): Promise<Metadata> {
  const { path, view } = extensionAt((await params).repository);
  const { title, description } = view.summary();
  const name = title ?? view.repository;
  return {
    title: path.kind === "version" ? `${name} ${path.tag}` : name,
    ...(description === null ? {} : { description }),
  };
}

export default async function ExtensionPage({ params, searchParams }: ExtensionPageProps) {
  const { path, view } = extensionAt((await params).repository);
  const chosen = await chosenHost(searchParams);
  switch (path.kind) {
    case "extension":
      return (
        <CatalogFrame chosen={chosen} here={extensionHref(view.repository, chosen.carried)}>
          <ExtensionOverview view={view} chosen={chosen} />
        </CatalogFrame>
      );
    case "version": {
      const version = view.version(path.tag)?.value();
      if (version === undefined) notFound();
      return (
        <CatalogFrame chosen={chosen} here={versionHref(view.repository, path.tag, chosen.carried)}>
          <VersionOverview view={view} version={version} chosen={chosen} />
        </CatalogFrame>
      );
    }
  }
}
