/** A record and the number of the line that it begins on, counted from 1. */
export type CsvRecord = { line: number; cells: string[] };

export type Csv =
  | { kind: "read"; records: CsvRecord[] }
  /** `message` is a sentence about the text that begins on `line`. */
  | { kind: "unreadable"; line: number; message: string };

const BYTE_ORDER_MARK = "\ufeff";

/** A cell, quoted or not, with the comma or line break that ends it (https://www.rfc-editor.org/rfc/rfc4180). */
const CELL = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n][^,\r\n]*)?)(,|\r\n|\n|\r|$)/y;

/**
 * Reads comma-separated values: quoted cells with commas, line breaks and doubled quotes, any line breaks, and an
 * optional byte order mark. Blank lines are skipped. Linear in the length of the text.
 */
export function readCsv(text: string): Csv {
  const content = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const cell = new RegExp(CELL);
  const records: CsvRecord[] = [];
  let [line, beginsOn] = [1, 1];
  let cells: string[] = [];
  while (cell.lastIndex < content.length || cells.length > 0) {
    const found = cell.exec(content);
    if (found === null) return { kind: "unreadable", line, message: UNCLOSED };
    const [whole, quoted, plain, end] = found;
    cells.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    if (end === ",") continue;
    if (cells.some((each) => each.trim() !== "")) records.push({ line: beginsOn, cells });
    beginsOn = line;
    cells = [];
    if (end === "") break;
  }
  return { kind: "read", records };
}

const UNCLOSED = "A quotation mark is not closed, or text follows the closing one.";
