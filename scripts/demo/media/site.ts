/** The website of the demo's publishers: icons, screenshots and pages, all on one host. */

import { pictureOf } from "@/scripts/demo/media/drawn-picture";
import type { DemoExtension } from "@/scripts/demo/scenario/extension";

export type SiteFile = { contentType: string; body: string | Buffer };

/** Undefined when the file does not exist. */
export type Site = (path: string) => Promise<SiteFile | undefined>;

/** Paths on the origin; labels link to them. */
export const placeOf = {
  icon: ({ repository }: DemoExtension) => `/${repository}/icon.svg`,
  screenshot: ({ repository }: DemoExtension, name: string) => `/${repository}/${name}.png`,
  docs: ({ repository }: DemoExtension) => `/${repository}/docs`,
  source: ({ repository }: DemoExtension) => `/${repository}/source`,
  publisher: ({ repository }: DemoExtension) => `/${repository.split("/", 1)[0]}`,
  support: ({ repository }: DemoExtension) => `/${repository.split("/", 1)[0]}/support`,
};

type Content = () => SiteFile | Promise<SiteFile>;

/** Renders images on demand, and once. */
export function siteOf(extensions: readonly DemoExtension[]): Site {
  const contents = new Map(extensions.flatMap(contentsOf));
  const made = new Map<string, Promise<SiteFile>>();
  return async (path) => {
    const content = contents.get(path);
    if (content === undefined) return undefined;
    const known = made.get(path) ?? Promise.resolve(content());
    made.set(path, known);
    return known;
  };
}

function contentsOf(extension: DemoExtension): [string, Content][] {
  const { title, summary, vendor, icon, screenshots = [], gone = [] } = extension;
  const all: [string, Content][] = [
    [placeOf.icon(extension), () => ({ contentType: "image/svg+xml", body: icon })],
    [placeOf.docs(extension), () => page(title, summary)],
    [placeOf.source(extension), () => page(`Source of ${title}`, summary)],
    [placeOf.publisher(extension), () => page(vendor, `The makers of ${title}.`)],
    [
      placeOf.support(extension),
      () => page(`Support of ${vendor}`, "This is a demo: support is not available."),
    ],
    ...screenshots.map(({ name, svg }): [string, Content] => [
      placeOf.screenshot(extension, name),
      async () => ({ contentType: "image/png", body: await pictureOf(svg) }),
    ]),
  ];
  return all.filter(([path]) => !gone.some((name) => path === `/${extension.repository}/${name}`));
}

function page(title: string, words: string): SiteFile {
  const body = `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${words}</p></html>\n`;
  return { contentType: "text/html; charset=utf-8", body };
}
