import type { Metadata } from "next";
import { instanceUrl } from "@/lib/platform/instance-url";

type Shared = {
  title: string;
  description: string;
  /** Of the page, and of its picture if it has one, on this origin. */
  path: string;
  image?: string | null;
  feeds: readonly { path: string; title: string }[];
};

/** What other sites show of a page: its one address, title, words and picture, and the feeds that belong to it. */
export function shareMetadata({ title, description, path, image, feeds }: Shared): Metadata {
  const origin = instanceUrl.get();
  const images = image ? [{ url: `${origin}${image}`, alt: title }] : [];
  return {
    title,
    description,
    alternates: {
      canonical: `${origin}${path}`,
      types: {
        "application/atom+xml": feeds.map((feed) => ({ url: `${origin}${feed.path}`, title: feed.title })),
      },
    },
    openGraph: { type: "website", siteName: "Gantry", title, description, url: `${origin}${path}`, images },
    twitter: { card: "summary", title, description, images },
  };
}

export const CATALOG_FEED = { path: "/feed.atom", title: "New versions of all extensions" };
