const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text is a row ID as Gantry writes it: in lower case only, so that equal IDs are equal texts. */
export function isRowId(text: string): boolean {
  return UUID.test(text);
}
