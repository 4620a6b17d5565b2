const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text is a row id as Gantry writes it. In lower case only, so that equal ids are equal texts. */
export function isRowId(text: string): boolean {
  return UUID.test(text);
}
