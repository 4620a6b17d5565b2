/**
 * The catalog's records as a file: what an instance serves before its database has answered. One JSON line each for
 * the head, every extension, and the checksum of all the lines above it.
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

/** Raise it whenever what the lines hold changes its meaning; copies of another number are not read. */
const FORMAT = 6;
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
/** `packed`: in base64. */
type Line = Omit<RecordHead, "entry" | "revision"> & {
  revision: string;
  entry: Omit<RecordHead["entry"], keyof Dates> & Dates;
  packed: string;
};

export function diskCopyFile(dataDir: string): string {
  return path.join(dataDir, "snapshot", "catalog.jsonl");
}

/** Atomic: a concurrent reader, or a crash at any point, finds the old copy or the new one. */
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

/** Undefined when there is no copy; throws when there is one that cannot be trusted or is of another format. */
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

/** Line by line, since a large copy is larger than what is made of it. Nothing is returned before the checksum holds. */
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

/** What is made of a line counts only once the checksum says that `chunksOf` wrote it. */
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
