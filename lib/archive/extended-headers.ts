import { malformed } from "@/lib/archive/layer-problem";
import { checkPaxValues, type PaxRecords } from "@/lib/archive/pax-records";
import { hasSparseKeys, type SparseHeader, sparseHeader } from "@/lib/archive/sparse-file";
import { type EntryOddity, hasContent, kindOf, type TarEntryKind } from "@/lib/archive/tar-entry";
import type { TarHeader } from "@/lib/archive/tar-header";
import { parseDecimal } from "@/lib/archive/tar-number";
import { decodeName } from "@/lib/archive/tar-text";

/**
 * Extended headers that apply to the next entry. Names have one character per byte; an empty one counts as absent.
 */
export type Pending = { pax?: PaxRecords; longName?: string; longLink?: string; isRepeated?: true };

/** A header merged with its extended headers. `storedBytes` bytes of content follow in the archive. */
export type MergedHeader = {
  kind: TarEntryKind;
  name: string;
  linkName: string;
  storedBytes: number;
  sparse: SparseHeader | undefined;
  oddities: readonly EntryOddity[];
};

/** Extended attributes that make the kernel's overlay file system hide, move or empty lower files. */
const OVERLAY_ATTRIBUTE = /^SCHILY\.xattr\.(?:trusted|user)\.overlay\./;

/** Adds an extended header. It replaces an earlier one of the same kind, whereas other readers merge both. */
export function withExtended(pending: Pending, one: Omit<Pending, "isRepeated">): Pending {
  const isRepeated = Object.keys(one).some((kind) => kind in pending);
  return { ...pending, ...one, ...(isRepeated ? { isRepeated } : {}) };
}

/**
 * Reads a global PAX header as Go's archive/tar does: it is an entry of its own, discards pending extended headers,
 * and its records affect no later entry. Other readers differ on each of these points.
 */
export function globalHeader(header: TarHeader, records: PaxRecords, pending: Pending): MergedHeader {
  const name = decodeName(records.get("path") || header.name);
  const concernsFiles =
    ["path", "linkpath", "size"].some((key) => records.has(key)) || hasSparseKeys(records);
  const oddities: EntryOddity[] = [{ oddity: "global_header", name }];
  if (header.hasDoubtfulPrefix) oddities.push(everywhere("doubtful_prefix"));
  if (concernsFiles || Object.keys(pending).length > 0) oddities.push(everywhere("extended_headers"));
  return { kind: "global header", name, linkName: "", storedBytes: 0, sparse: undefined, oddities };
}

/**
 * Merges an entry as Go's archive/tar does: a GNU long name takes precedence over a PAX path, and a sparse file's own
 * name over both.
 */
export function mergeHeaders(header: TarHeader, pending: Pending): MergedHeader {
  const pax: PaxRecords = pending.pax ?? new Map();
  checkPaxValues(pax);
  const outerName = pending.longName || pax.get("path") || header.name;
  const typeFlag = typeOf(header.typeFlag, outerName);
  const sizeBytes = parseDecimal(pax.get("size") ?? "") ?? header.sizeBytes;
  const storedBytes = hasContent(typeFlag) ? checkedSize(sizeBytes) : 0;
  const sparse = sparseHeader(pax);
  if (sparse !== undefined && !hasContent(typeFlag))
    throw malformed("a link or folder is marked as a sparse file");
  const name = sparse?.name ?? outerName;
  if (name.includes("\0")) throw malformed("it contains a file name with a NUL character");
  const merged = {
    outerName,
    name,
    typeFlag,
    unusedBytes: sizeBytes - storedBytes,
    isSparse: sparse !== undefined,
  };
  return {
    kind: kindOf(typeFlag),
    name: decodeName(name),
    linkName: decodeName(pending.longLink || pax.get("linkpath") || header.linkName),
    storedBytes,
    sparse,
    oddities: [...layerOddities(header, pending, pax, merged), ...entryOddities(header, merged)],
  };
}

/** Throws for sizes that Go rejects and for sizes that no archive within the limits can have. */
export function checkedSize(sizeBytes: number): number {
  if (sizeBytes < 0) throw malformed("an archive header has a negative size");
  if (!Number.isSafeInteger(sizeBytes)) throw malformed("an archive header has a size that is too large");
  return sizeBytes;
}

type Merged = {
  outerName: string;
  name: string;
  typeFlag: string;
  unusedBytes: number;
  isSparse: boolean;
};

/** Pre-POSIX archives have no type for folders: their names end with a slash. */
function typeOf(typeFlag: string, name: string): string {
  if (typeFlag !== "\0") return typeFlag;
  return name.endsWith("/") ? "5" : "0";
}

/** Oddities that make readers see different names or entries, and therefore affect every path. */
function layerOddities(header: TarHeader, pending: Pending, pax: PaxRecords, merged: Merged): EntryOddity[] {
  const { longName, longLink, isRepeated } = pending;
  const differ = (long: string | undefined, key: string) =>
    Boolean(long && pax.get(key)) && long !== pax.get(key);
  const oddities: EntryOddity[] = [];
  if (header.hasDoubtfulPrefix) oddities.push(everywhere("doubtful_prefix"));
  if (merged.unusedBytes !== 0) oddities.push(everywhere("hidden_content"));
  if (isRepeated || differ(longName, "path") || differ(longLink, "linkpath"))
    oddities.push(everywhere("extended_headers"));
  if (hasSparseKeys(pax) && !merged.isSparse) oddities.push(everywhere("sparse_file"));
  if ([...pax.keys()].some((key) => OVERLAY_ATTRIBUTE.test(key))) oddities.push(everywhere("overlay_mark"));
  return oddities;
}

/** Oddities that affect only the entry's own path, or the two paths that it may be unpacked to. */
function entryOddities(header: TarHeader, { name, outerName, typeFlag, isSparse }: Merged): EntryOddity[] {
  const oddities: EntryOddity[] = [];
  if (isSparse)
    for (const each of [name, outerName]) oddities.push({ oddity: "sparse_file", name: decodeName(each) });
  if (typeFlag === "0" && name.endsWith("/")) oddities.push({ oddity: "slash_file", name: decodeName(name) });
  if (typeFlag === "3" && mayDelete(header.device)) {
    oddities.push({ oddity: "overlay_mark", name: decodeName(name) });
  }
  return oddities;
}

/**
 * Device 0/0 is a whiteout. Kernels use 12 bits of the major number and 20 of the minor one, so larger numbers can
 * also be 0.
 */
function mayDelete({ major, minor }: TarHeader["device"]): boolean {
  const isPlain = major >= 0 && major <= 0xfff && minor >= 0 && minor <= 0xfffff;
  return !isPlain || (major === 0 && minor === 0);
}

function everywhere(oddity: EntryOddity["oddity"]): EntryOddity {
  return { oddity, name: undefined };
}
