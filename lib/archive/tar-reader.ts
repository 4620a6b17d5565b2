import { ARCHIVE_LIMITS } from "@/lib/archive/archive-limits";
import type { BufferedReader } from "@/lib/archive/buffered-reader";
import {
  checkedSize,
  globalHeader,
  type MergedHeader,
  mergeHeaders,
  type Pending,
  withExtended,
} from "@/lib/archive/extended-headers";
import { fileHead, readFileHead } from "@/lib/archive/file-head";
import type { LayerBudget } from "@/lib/archive/layer-budget";
import { malformed } from "@/lib/archive/layer-problem";
import { parsePaxRecords } from "@/lib/archive/pax-records";
import { checkParts, expandSparse, readSparseMap, type SparsePart } from "@/lib/archive/sparse-file";
import { hasContent, type TarEntry } from "@/lib/archive/tar-entry";
import { BLOCK_BYTES, isZeroBlock, parseTarHeader, type TarHeader } from "@/lib/archive/tar-header";
import { fieldText } from "@/lib/archive/tar-text";

export type TarReaderOptions = {
  budget: LayerBudget;
  /** Called for every regular file of at most `ARCHIVE_LIMITS.keptFileBytes`, before its content. */
  wanted: (entry: TarEntry) => boolean;
};

/**
 * Reads all entries of a tar archive to the last byte of `feed`. Follows `Reader.next` of Go's archive/tar step by
 * step, because every image unpacker reads archives with it (docs/decisions/019-the-archive-reader-follows-go.md).
 * Notes on each entry where readers and unpackers disagree. Throws a `LayerProblemError` for an archive that is
 * corrupt, truncated, or followed by other bytes.
 */
export async function* readTar(feed: BufferedReader, options: TarReaderOptions): AsyncGenerator<TarEntry> {
  for (let ordinal = 0; ; ordinal++) {
    const header = await nextMergedHeader(feed, options.budget);
    if (header === undefined) break;
    yield await readEntry(feed, header, ordinal, options);
  }
  await expectOnlyZeros(feed);
}

/** The next entry header, merged with the extended headers before it. */
async function nextMergedHeader(
  feed: BufferedReader,
  budget: LayerBudget,
): Promise<MergedHeader | undefined> {
  let pending: Pending = {};
  for (;;) {
    const header = await nextHeader(feed);
    if (header === undefined) return undefined;
    budget.spendEntries(1);
    switch (header.typeFlag) {
      case "x":
        pending = withExtended(pending, { pax: parsePaxRecords(await readExtended(feed, header)) });
        break;
      case "L":
        pending = withExtended(pending, { longName: longText(await readExtended(feed, header)) });
        break;
      case "K":
        pending = withExtended(pending, { longLink: longText(await readExtended(feed, header)) });
        break;
      case "g":
        return globalHeader(header, parsePaxRecords(await readExtended(feed, header)), pending);
      case "S":
        throw malformed("it contains an entry in GNU's old sparse format, which image unpackers reject");
      default:
        return mergeHeaders(header, pending);
    }
  }
}

async function nextHeader(feed: BufferedReader): Promise<TarHeader | undefined> {
  const block = await feed.take(BLOCK_BYTES);
  // The end marker can be missing: see skipPadding.
  if (block.length === 0) return undefined;
  if (block.length < BLOCK_BYTES) throw malformed("the archive is truncated in a header");
  if (isZeroBlock(block)) return undefined;
  const header = parseTarHeader(block);
  if (hasContent(header.typeFlag)) checkedSize(header.sizeBytes);
  return header;
}

async function readExtended(feed: BufferedReader, { sizeBytes }: TarHeader): Promise<Uint8Array> {
  if (sizeBytes > ARCHIVE_LIMITS.extendedHeaderBytes) {
    throw malformed("an extended archive header is longer than 1 MiB");
  }
  const content = await takeContent(feed, sizeBytes);
  await skipPadding(feed, sizeBytes);
  return content;
}

function longText(content: Uint8Array): string {
  return fieldText(content, 0, content.length);
}

async function readEntry(
  feed: BufferedReader,
  header: MergedHeader,
  ordinal: number,
  { wanted }: TarReaderOptions,
): Promise<TarEntry> {
  const { kind, name, linkName, storedBytes, oddities } = header;
  const { parts, mapBytes, sizeBytes } = await contentOf(feed, header);
  const entry: TarEntry = {
    ordinal,
    kind,
    name,
    linkName,
    sizeBytes,
    body: undefined,
    head: undefined,
    oddities,
  };
  const bytesLeft = storedBytes - mapBytes;
  const isKeepable = kind === "file" && Math.max(sizeBytes, bytesLeft) <= ARCHIVE_LIMITS.keptFileBytes;
  if (isKeepable && wanted(entry)) {
    const content = await takeContent(feed, bytesLeft);
    entry.body = parts === undefined ? content : expandSparse(parts, content, sizeBytes);
    if (parts === undefined) entry.head = fileHead(content);
  } else if (kind === "file" && parts === undefined) {
    entry.head = await readFileHead((bytes) => takeContent(feed, bytes), bytesLeft);
    await skip(feed, bytesLeft - entry.head.length);
  } else {
    await skip(feed, bytesLeft);
  }
  await skipPadding(feed, storedBytes);
  return entry;
}

type Content = { parts: readonly SparsePart[] | undefined; mapBytes: number; sizeBytes: number };

/** How the content is stored. Reads the map before it, if there is one. */
async function contentOf(feed: BufferedReader, { sparse, storedBytes }: MergedHeader): Promise<Content> {
  if (sparse === undefined) return { parts: undefined, mapBytes: 0, sizeBytes: storedBytes };
  const sizeBytes = checkedSize(sparse.sizeBytes ?? storedBytes);
  const { parts, mapBytes } =
    sparse.parts === "in the content"
      ? await readSparseMap(feed, storedBytes)
      : { parts: sparse.parts, mapBytes: 0 };
  checkParts(parts, storedBytes - mapBytes, sizeBytes);
  return { parts, mapBytes, sizeBytes };
}

async function takeContent(feed: BufferedReader, sizeBytes: number): Promise<Uint8Array> {
  const content = await feed.take(sizeBytes);
  if (content.length < sizeBytes) throw cutOff();
  return content;
}

async function skip(feed: BufferedReader, bytes: number): Promise<void> {
  if (bytes > 0 && !(await feed.skip(bytes))) throw cutOff();
}

/** Some writers omit the padding at the end of the archive, as they omit the end marker. Unpackers accept that. */
async function skipPadding(feed: BufferedReader, sizeBytes: number): Promise<void> {
  await feed.skip(Math.ceil(sizeBytes / BLOCK_BYTES) * BLOCK_BYTES - sizeBytes);
}

function cutOff(): Error {
  return malformed("the archive is truncated in a file");
}

const ZEROS = new Uint8Array(64 * 1024);

async function expectOnlyZeros(feed: BufferedReader): Promise<void> {
  for (;;) {
    const bytes = await feed.some(ZEROS.length);
    if (bytes === undefined) return;
    if (Buffer.compare(bytes, ZEROS.subarray(0, bytes.length)) !== 0) {
      throw malformed("the archive has trailing data");
    }
  }
}
