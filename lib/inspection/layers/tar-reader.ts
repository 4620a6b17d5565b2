import type { ByteFeed } from "@/lib/inspection/layers/byte-feed";
import type { LayerBudget } from "@/lib/inspection/layers/layer-budget";
import { malformed } from "@/lib/inspection/layers/layer-problem";
import { type PaxRecords, parsePaxRecords } from "@/lib/inspection/layers/pax-records";
import {
  BLOCK_BYTES,
  isZeroBlock,
  parseTarHeader,
  type TarHeader,
  text,
} from "@/lib/inspection/layers/tar-header";
import { ARCHIVE_LIMITS } from "@/lib/inspection/limits";

export type TarEntryKind = "file" | "directory" | "symlink" | "hardlink" | "special";

/** One entry in archive order. `ordinal` counts from 0 and names this very occurrence in the archive. */
export type TarEntry = {
  ordinal: number;
  kind: TarEntryKind;
  name: string;
  linkName: string;
  sizeBytes: number;
  /** The content, where `wanted` asked for it. */
  body: Uint8Array | undefined;
};

type Extended = { pax: PaxRecords | undefined; longName: string; longLink: string };

export type TarReaderOptions = {
  budget: LayerBudget;
  /** Asked for every regular file of at most `ARCHIVE_LIMITS.keptFileBytes`, before its content. */
  wanted: (entry: TarEntry) => boolean;
};

/**
 * All entries of a tar archive, which is read to the last byte of `feed`. Where formats leave freedom it does what
 * Go's archive/tar does: global PAX headers change nothing, links and directories have no content, a GNU
 * long name beats a PAX path. Throws a `LayerProblemError` for an archive that is broken, cut off, without
 * an end marker or with other bytes after it.
 */
export async function* readTar(feed: ByteFeed, options: TarReaderOptions): AsyncGenerator<TarEntry> {
  let ordinal = 0;
  let extended = nothingExtended();
  for (;;) {
    const header = await nextHeader(feed);
    if (header === undefined) break;
    options.budget.spendEntries(1);
    if (isExtendedHeader(header)) {
      extended = await readExtended(feed, header, extended);
      continue;
    }
    const entry = toEntry(header, extended, ordinal++);
    await readContent(feed, entry, options);
    yield entry;
    extended = nothingExtended();
  }
  await expectOnlyZeros(feed);
}

function nothingExtended(): Extended {
  return { pax: undefined, longName: "", longLink: "" };
}

async function nextHeader(feed: ByteFeed): Promise<TarHeader | undefined> {
  const block = await feed.take(BLOCK_BYTES);
  if (block.length === 0) throw malformed("the archive has no end marker");
  if (block.length < BLOCK_BYTES) throw malformed("the archive is cut off in a header");
  return isZeroBlock(block) ? undefined : parseTarHeader(block);
}

function isExtendedHeader(header: TarHeader): boolean {
  return ["x", "g", "L", "K"].includes(header.typeFlag);
}

async function readExtended(feed: ByteFeed, header: TarHeader, before: Extended): Promise<Extended> {
  if (header.sizeBytes > ARCHIVE_LIMITS.extendedHeaderBytes) {
    throw malformed("an extended archive header is longer than 1 MiB");
  }
  const body = await takeContent(feed, header.sizeBytes);
  switch (header.typeFlag) {
    case "x":
      return { ...before, pax: parsePaxRecords(body) };
    case "L":
      return { ...before, longName: text(body, 0, body.length) };
    case "K":
      return { ...before, longLink: text(body, 0, body.length) };
    default:
      return before;
  }
}

function toEntry(header: TarHeader, extended: Extended, ordinal: number): TarEntry {
  const name = extended.longName || extended.pax?.path || header.name;
  const kind = extended.pax?.sparse === true ? "special" : kindOf(header.typeFlag, name);
  return {
    ordinal,
    kind,
    name,
    linkName: extended.longLink || extended.pax?.linkPath || header.linkName,
    sizeBytes: hasContent(header.typeFlag) ? (extended.pax?.sizeBytes ?? header.sizeBytes) : 0,
    body: undefined,
  };
}

function kindOf(typeFlag: string, name: string): TarEntryKind {
  switch (typeFlag) {
    case "0":
      return "file";
    case "\0":
      return name.endsWith("/") ? "directory" : "file";
    case "1":
      return "hardlink";
    case "2":
      return "symlink";
    case "5":
      return "directory";
    case "S":
      throw malformed("it holds an entry in GNU's sparse format, which image unpackers refuse");
    default:
      return "special";
  }
}

/** Links, devices, directories and fifos have none, whatever their size field says. */
function hasContent(typeFlag: string): boolean {
  return !["1", "2", "3", "4", "5", "6"].includes(typeFlag);
}

async function readContent(feed: ByteFeed, entry: TarEntry, options: TarReaderOptions): Promise<void> {
  const keepable = entry.kind === "file" && entry.sizeBytes <= ARCHIVE_LIMITS.keptFileBytes;
  if (keepable && options.wanted(entry)) {
    entry.body = await takeContent(feed, entry.sizeBytes);
  } else if (entry.sizeBytes > 0 && !(await feed.skip(padded(entry.sizeBytes)))) {
    throw cutOff();
  }
}

async function takeContent(feed: ByteFeed, sizeBytes: number): Promise<Uint8Array> {
  const content = await feed.take(sizeBytes);
  if (content.length < sizeBytes || !(await feed.skip(padded(sizeBytes) - sizeBytes))) throw cutOff();
  return content;
}

function padded(sizeBytes: number): number {
  return Math.ceil(sizeBytes / BLOCK_BYTES) * BLOCK_BYTES;
}

function cutOff(): Error {
  return malformed("the archive is cut off in a file");
}

const ZEROS = new Uint8Array(64 * 1024);

async function expectOnlyZeros(feed: ByteFeed): Promise<void> {
  for (;;) {
    const bytes = await feed.some(ZEROS.length);
    if (bytes === undefined) return;
    if (Buffer.compare(bytes, ZEROS.subarray(0, bytes.length)) !== 0) {
      throw malformed("other bytes follow the end of the archive");
    }
  }
}
