/** Safe HTML with absolute addresses, for readers outside this origin. */
export function absoluteHtml(html: string, origin: string): string {
  return html.replace(/ (src|href)="\/(?!\/)/g, ` $1="${origin}/`);
}
