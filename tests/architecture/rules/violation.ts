/** One broken rule. The message teaches: what is wrong here, and what to do instead. */
export type Violation = { file: string; line: number; message: string };

export function violationText({ file, line, message }: Violation): string {
  return `${file}:${line} ${message}`;
}
