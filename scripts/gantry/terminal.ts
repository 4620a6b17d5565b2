import type { Style, Terminal } from "@/scripts/gantry/command";

/** ECMA-48 "select graphic rendition": the codes that switch each style on and off. */
const LOOKS = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
} as const;

/** The process's own streams. Colors only on a terminal that supports them, as https://no-color.org specifies. */
export function processTerminal(folder: string): Terminal {
  const { NO_COLOR, TERM } = process.env;
  const colored = process.stdout.isTTY === true && !NO_COLOR && TERM !== "dumb";
  return {
    folder,
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    interactive: process.stderr.isTTY === true,
    style: styleOf(colored),
  };
}

export function styleOf(colored: boolean): Style {
  const paint =
    ([on, off]: readonly [number, number]) =>
    (text: string) =>
      colored ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return {
    bold: paint(LOOKS.bold),
    dim: paint(LOOKS.dim),
    red: paint(LOOKS.red),
    yellow: paint(LOOKS.yellow),
    green: paint(LOOKS.green),
    blue: paint(LOOKS.blue),
  };
}
