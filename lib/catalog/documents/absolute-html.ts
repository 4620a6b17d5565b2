/** Safe HTML with absolute URLs, for readers on other origins. */
export function absoluteHtml(html: string, origin: string): string {
  return html.replace(/ (src|href)="\/(?!\/)/g, ` $1="${origin}/`);
}
