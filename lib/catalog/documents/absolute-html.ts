/** Safe HTML whose addresses on this origin are told with it, for readers that are elsewhere. */
export function absoluteHtml(html: string, origin: string): string {
  return html.replace(/ (src|href)="\/(?!\/)/g, ` $1="${origin}/`);
}
