/**
 * Version of the layer reader. Raise it in any change after which the same layer bytes can be read differently: tar,
 * PAX, gzip, zstd, whiteouts, links, oddities, or the format of stored layer facts. Facts of another version are not
 * believed; the layer is read again.
 */
export const READER_VERSION = 7;

/**
 * Version of everything else that a report depends on. Raise it in any change after which the same image can get
 * other findings, capabilities, platforms, labels or requirements. New wording needs no new version.
 */
const RULES_VERSION = 2;

/**
 * Stands in every report. Raising either number raises it, and then every image that is listed, held or waiting for a
 * decision is inspected again in the background: see `docs/decisions/013-inspections-have-a-version.md`. Reports from
 * before it existed count as 0.
 */
export const INSPECTOR_VERSION = READER_VERSION + RULES_VERSION;
