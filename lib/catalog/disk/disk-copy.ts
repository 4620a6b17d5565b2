/**
 * The disk copy of the catalog's records, served until the database has been read. JSON Lines: the head, one line per
 * extension, and the checksum of all lines above it.
 */

import { createHash } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import {
  type CompressedRecord,
  compressedRecord,
  compressRecord,
  type RecordHead,
} from "@/lib/catalog/encoding/compressed-record";
import type { CatalogRecords } from "@/lib/catalog/views/records";
import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import type { Policy } from "@/lib/extension/policy/policy";
import type { BlockRecord, ExtensionRecord } from "@/lib/marketplace/public-records";

/** Bump it whenever the meaning of a line changes. Copies in another format are not read. */
const FORMAT = 8;
const LINES_PER_WRITE = 100;

type Head = {
  format: number;
  revision: string;
  raisedAt: string;
  wholeRevision: string;
  policy: Policy;
  releases: DesktopRelease[];
  blocks: BlockRecord[];
  extensions: number;
};
type Dates = { since: string; expiresAt: string | null };
/** `packed` is base64. */
type Line = Omit<RecordHead, "entry" | "revision"> & {
  revision: string;
  entry: Omit<RecordHead["entry"], keyof Dates> & Dates;
  packed: string;
};

export function diskCopyFile(dataDir: string): string {
  return path.join(dataDir, "snapshot", "catalog.jsonl");
}

/** Atomic: a concurrent reader, or a restart after a crash, finds either the old copy or the new one. */
export async function writeDiskCopy(file: string, records: CatalogRecords): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = await open(temporary, "w", 0o600);
    try {
      for (const chunk of chunksOf(records)) await handle.write(chunk);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Returns undefined without a copy. Throws when the checksum or the format is wrong. */
export async function readDiskCopy(file: string): Promise<CatalogRecords | undefined> {
  const handle = await open(file, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (handle === undefined) return undefined;
  try {
    return await readCopy(handle.readLines());
  } finally {
    await handle.close();
  }
}

function* chunksOf(records: CatalogRecords): Generator<string> {
  const hash = createHash("sha256");
  let chunk = `${JSON.stringify(headOf(records))}\n`;
  let lines = 0;
  for (const record of records.extensions.values()) {
    chunk += `${JSON.stringify(lineOf(compressRecord(record)))}\n`;
    lines += 1;
    if (lines % LINES_PER_WRITE !== 0) continue;
    hash.update(chunk);
    yield chunk;
    chunk = "";
  }
  hash.update(chunk);
  yield `${chunk}${JSON.stringify({ sha256: hash.digest("hex") })}\n`;
}

function headOf({ extensions, ...state }: CatalogRecords): Head {
  const { revision, raisedAt, wholeRevision, policy, releases, blocks } = state;
  return {
    format: FORMAT,
    revision: String(revision),
    raisedAt: raisedAt.toISOString(),
    wholeRevision: String(wholeRevision),
    policy,
    releases: [...releases],
    blocks: [...blocks],
    extensions: extensions.size,
  };
}

/** Reads line by line, since the text is larger than the records. Returns nothing before the checksum is verified. */
async function readCopy(lines: AsyncIterable<string>): Promise<CatalogRecords> {
  const hash = createHash("sha256");
  const records = new Map<string, ExtensionRecord>();
  let head: Head | undefined;
  let waiting: string | undefined;
  for await (const line of lines) {
    if (waiting !== undefined) {
      hash.update(`${waiting}\n`);
      if (head === undefined) head = headIn(waiting);
      else addRecord(records, waiting);
    }
    waiting = line;
  }
  const checksum = JSON.stringify({ sha256: hash.digest("hex") });
  if (head === undefined || waiting !== checksum) throw new Error("its checksum is wrong");
  return { ...stateOf(head), extensions: records };
}

function stateOf({ revision, raisedAt, wholeRevision, policy, releases, blocks }: Head) {
  return {
    revision: BigInt(revision),
    raisedAt: new Date(raisedAt),
    wholeRevision: BigInt(wholeRevision),
    policy,
    releases,
    blocks,
  };
}

function headIn(line: string): Head {
  const head = ownLine<Head>(line);
  if (head.format !== FORMAT) throw new Error(`it has format ${head.format}, not ${FORMAT}`);
  return head;
}

function addRecord(records: Map<string, ExtensionRecord>, line: string): void {
  const record = recordOf(ownLine<Line>(line));
  records.set(record.repository, record);
}

/** Trusts the line's shape: callers use the result only after the checksum proved that `chunksOf` wrote it. */
function ownLine<T>(line: string): T {
  return JSON.parse(line) as T;
}

function lineOf({ head, packed }: CompressedRecord): Line {
  const { since, expiresAt } = head.entry;
  const dates = { since: since.toISOString(), expiresAt: expiresAt?.toISOString() ?? null };
  return {
    ...head,
    revision: String(head.revision),
    entry: { ...head.entry, ...dates },
    packed: Buffer.from(packed).toString("base64"),
  };
}

function recordOf({ packed, revision, ...head }: Line): ExtensionRecord {
  const { since, expiresAt } = head.entry;
  const dates = { since: new Date(since), expiresAt: expiresAt === null ? null : new Date(expiresAt) };
  const bytes = Uint8Array.from(Buffer.from(packed, "base64"));
  const entry = { ...head.entry, ...dates };
  return compressedRecord({ ...head, revision: BigInt(revision), entry }, bytes);
}
