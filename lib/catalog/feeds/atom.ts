/** Atom documents (RFC 4287). */

import { xmlText } from "@/lib/catalog/encoding/xml-text";

export type Feed = {
  /** A permanent IRI. */
  id: string;
  title: string;
  /** The URLs of this document and of the page that it describes. */
  self: string;
  page: string;
  /** RFC 3339. */
  updated: string;
  entries: readonly FeedEntry[];
};

export type FeedEntry = {
  id: string;
  title: string;
  page: string;
  updated: string;
  author: string;
  categories: readonly string[];
  summary: string;
  /** Safe HTML; null when there is none. */
  html: string | null;
};

export function atomXml({ id, title, self, page, updated, entries }: Feed): string {
  return `${[
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    element("id", id),
    element("title", title),
    element("updated", updated),
    `<link rel="self" type="application/atom+xml" href="${xmlText(self)}"/>`,
    `<link rel="alternate" type="text/html" href="${xmlText(page)}"/>`,
    "<author><name>Gantry</name></author>",
    ...entries.map(entryXml),
    "</feed>",
  ].join("\n")}\n`;
}

function entryXml({ id, title, page, updated, author, categories, summary, html }: FeedEntry): string {
  return [
    "<entry>",
    element("id", id),
    element("title", title),
    element("updated", updated),
    `<link rel="alternate" type="text/html" href="${xmlText(page)}"/>`,
    `<author>${element("name", author)}</author>`,
    ...categories.map((term) => `<category term="${xmlText(term)}"/>`),
    element("summary", summary),
    ...(html === null ? [] : [`<content type="html">${xmlText(html)}</content>`]),
    "</entry>",
  ].join("\n");
}

function element(name: string, text: string): string {
  return `<${name}>${xmlText(text)}</${name}>`;
}
