/** The cells of each line below the first, which names them. */
export function tabbedLines(text: string): string[][] {
  return text
    .split("\n")
    .slice(1)
    .filter((line) => line !== "")
    .map((line) => line.split("\t"));
}
