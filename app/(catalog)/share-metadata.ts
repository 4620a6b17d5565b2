import type { Metadata } from "next";
import { instanceUrl } from "@/lib/platform/instance-url";

type Shared = {
  title: string;
  description: string;
  /** The path of the page, and of its image if any, on this origin. */
  path: string;
  image?: string | null;
  feeds: readonly { path: string; title: string }[];
};

/** Metadata for search engines and link previews: canonical URL, title, description, image and feeds. */
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
