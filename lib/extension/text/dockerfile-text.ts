/** `text` as a quoted value of a Dockerfile instruction. */
export function dockerfileText(text: string): string {
  return `"${text.replaceAll(/["\\$]/g, "\\$&")}"`;
}
