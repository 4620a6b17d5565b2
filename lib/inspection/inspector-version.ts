/**
 * Version of the layer reader. Raise it with any change after which the same layer bytes can be read differently:
 * tar, PAX, gzip, zstd, whiteouts, links, oddities, or the format of stored layer facts. Facts of another version are
 * discarded, and the layer is read again.
 */
export const READER_VERSION = 8;

/**
 * Version of everything else that a report depends on. Raise it with any change after which the same image can get
 * other findings, capabilities, platforms, labels or requirements. Changed wording does not count.
 */
const RULES_VERSION = 5;

/**
 * Version in every report. When it rises, Gantry inspects every image again that is listed, held or waiting for a
 * decision: see `docs/decisions/013-inspections-have-a-version.md`. Reports without a version count as 0.
 */
export const INSPECTOR_VERSION = READER_VERSION + RULES_VERSION;
