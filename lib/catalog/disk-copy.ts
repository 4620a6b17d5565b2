/**
 * The catalog's records as a file: what an instance serves before its database has answered. One JSON line each for
 * the head, every extension, and the checksum of all the lines above it.
 */

import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { type PackedRecord, packedRecord, packRecord, type RecordHead } from "@/lib/catalog/packed-record";
import type { CatalogRecords } from "@/lib/catalog/records";
import type { DesktopRelease } from "@/lib/extension/desktop-release";
import type { Policy } from "@/lib/extension/policy";
import type { ExtensionRecord } from "@/lib/marketplace/public-records";

/** Raise it whenever what the lines hold changes its meaning; copies of another number are not read. */
const FORMAT = 4;
const LINES_PER_WRITE = 100;

type Head = {
  format: number;
  revision: string;
  policy: Policy;
  releases: DesktopRelease[];
  extensions: number;
};
type Dates = { since: string; expiresAt: string | null };
/** `packed`: in base64. */
type Line = Omit<RecordHead, "entry"> & {
  entry: Omit<RecordHead["entry"], keyof Dates> & Dates;
  packed: string;
};

export function diskCopyFile(dataDir: string): string {
  return path.join(dataDir, "snapshot", "catalog.jsonl");
}

/** Whoever reads meanwhile, or after a crash at any point, finds the old copy or the new one. */
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
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return text === undefined ? undefined : parseCopy(text);
}

function* chunksOf(records: CatalogRecords): Generator<string> {
  const hash = createHash("sha256");
  let chunk = `${JSON.stringify(headOf(records))}\n`;
  let lines = 0;
  for (const record of records.extensions.values()) {
    chunk += `${JSON.stringify(lineOf(packRecord(record)))}\n`;
    lines += 1;
    if (lines % LINES_PER_WRITE !== 0) continue;
    hash.update(chunk);
    yield chunk;
    chunk = "";
  }
  hash.update(chunk);
  yield `${chunk}${JSON.stringify({ sha256: hash.digest("hex") })}\n`;
}

function headOf({ revision, policy, releases, extensions }: CatalogRecords): Head {
  return {
    format: FORMAT,
    revision: String(revision),
    policy,
    releases: [...releases],
    extensions: extensions.size,
  };
}

function parseCopy(text: string): CatalogRecords {
  const end = text.lastIndexOf("\n", text.length - 2) + 1;
  const body = text.slice(0, end);
  const checksum = JSON.stringify({ sha256: createHash("sha256").update(body).digest("hex") });
  if (text.slice(end).trimEnd() !== checksum) throw new Error("its checksum is wrong");
  const [first = "", ...lines] = body.split("\n").filter((line) => line !== "");
  const head = ownLine<Head>(first);
  if (head.format !== FORMAT) throw new Error(`it has format ${head.format}, not ${FORMAT}`);
  const records = lines.map((line) => recordOf(ownLine<Line>(line)));
  return {
    revision: BigInt(head.revision),
    policy: head.policy,
    releases: head.releases,
    extensions: new Map(records.map((record) => [record.repository, record])),
  };
}

/** A line whose checksum holds was written by `chunksOf`, in the format that the head says. */
function ownLine<T>(line: string): T {
  return JSON.parse(line) as T;
}

function lineOf({ head, packed }: PackedRecord): Line {
  const { since, expiresAt } = head.entry;
  const dates = { since: since.toISOString(), expiresAt: expiresAt?.toISOString() ?? null };
  return { ...head, entry: { ...head.entry, ...dates }, packed: Buffer.from(packed).toString("base64") };
}

function recordOf({ packed, ...head }: Line): ExtensionRecord {
  const { since, expiresAt } = head.entry;
  const dates = { since: new Date(since), expiresAt: expiresAt === null ? null : new Date(expiresAt) };
  const bytes = Uint8Array.from(Buffer.from(packed, "base64"));
  return packedRecord({ ...head, entry: { ...head.entry, ...dates } }, bytes);
}
