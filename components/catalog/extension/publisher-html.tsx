/**
 * The one place where HTML of publishers goes into a page as HTML. Guarantee: `html` comes from the catalog's documents,
 * whose `detailedDescription` and `changelog` were made by `lib/safe-html` out of a fixed list of elements,
 * without scripts, styles, ids, classes, pictures or handlers, and with absolute links only.
 */
export function PublisherHtml({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: see above
  return <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />;
}
