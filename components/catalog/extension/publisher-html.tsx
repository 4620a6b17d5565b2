/**
 * The only place that renders publishers' HTML (XSS protection). `html` comes from the catalog's documents, whose
 * `detailedDescription` and `changelog` were sanitized by `lib/safe-html`: a fixed list of elements, no scripts, styles,
 * ids, classes, images or handlers, and absolute links only.
 */
export function PublisherHtml({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: see above
  return <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />;
}
