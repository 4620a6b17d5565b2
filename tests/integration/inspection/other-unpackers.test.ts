import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mapConcurrently } from "@/lib/platform/map-concurrently";
import fc from "@/tests/builders/fast-check";
import { gnuLongName, gzipped, paxHeader, type TarPart, tarOf } from "@/tests/builders/tar-bytes";
import { zstdFrame } from "@/tests/builders/zstd-bytes";
import { type StoredLayer, type UmociLayout, umociLayout } from "@/tests/support/registries/umoci";
import { stackOf } from "@/tests/unit/inspection/files/stack";

/** The same images in every run; another seed gives others. */
const SEED = 20_261_120;
const IMAGES = 600;

const META = "metadata.json";
const name = fc.constantFrom(META, "a", "b", "c", `long-${"x".repeat(120)}`);
const path = fc.oneof(
  { weight: 3, arbitrary: fc.constant(META) },
  { weight: 4, arbitrary: fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join("/")) },
);
const target = fc.constantFrom(META, "a", "b", "c", "a/b", "/a/metadata.json", "../a", "./b/../c", "nowhere");
const folder = fc.oneof(
  { weight: 1, arbitrary: fc.constant("") },
  { weight: 4, arbitrary: path.map((each) => `${each}/`) },
);
const content = fc.integer({ min: 0, max: 99_999 }).map((number) => `{"number":${number}}`);

const part: fc.Arbitrary<TarPart> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ name: path, content }) },
  { weight: 4, arbitrary: fc.record({ name: path, type: fc.constant("5") }) },
  { weight: 2, arbitrary: fc.record({ name: path, type: fc.constant("2"), linkName: target }) },
  { weight: 1, arbitrary: fc.record({ name: path, type: fc.constant("1"), linkName: target }) },
  { weight: 2, arbitrary: fc.tuple(folder, name).map(([at, hidden]) => ({ name: `${at}.wh.${hidden}` })) },
  { weight: 3, arbitrary: folder.map((at) => ({ name: `${at}.wh..wh..opq` })) },
);

type Spelling = "plain" | "dot" | "slash" | "pax" | "gnu";
const spelling = fc.constantFrom<Spelling>("plain", "plain", "dot", "slash", "pax", "gnu");
const packing = fc.constantFrom("gzip", "plain", "zstd", "zstd in two frames");
const entries = fc.array(fc.tuple(part, spelling), { minLength: 1, maxLength: 5 });
const tidy = fc.uniqueArray(fc.tuple(part, spelling), { maxLength: 5, selector: ([{ name: each }]) => each });
const archive = fc.oneof({ weight: 14, arbitrary: tidy.map(asBuilt) }, { weight: 1, arbitrary: entries });
const layer = fc.tuple(archive, packing);
const image = fc.array(layer, { minLength: 1, maxLength: 4 });

/** As builders write a layer: folders before what is in them, hard links behind their files, nothing contradictory. */
function asBuilt(parts: [TarPart, Spelling][]): [TarPart, Spelling][] {
  const kinds = new Map<string, string>();
  const hidden = new Set<string>();
  return parts.flatMap(([part, how]): [TarPart, Spelling][] => {
    const names = part.name.split("/");
    const above = names.slice(0, -1).map((_, depth) => names.slice(0, depth + 1).join("/"));
    const last = names.at(-1) ?? "";
    if (above.some((one) => (kinds.get(one) ?? "5") !== "5" || hidden.has(one))) return [];
    if (last.startsWith(".wh.")) {
      const gone = [...names.slice(0, -1), last.slice(4)].join("/");
      const within = last === ".wh..wh..opq" ? above.at(-1) : gone;
      const root = within === undefined;
      if ([...kinds.keys()].some((one) => root || one === within || one.startsWith(`${within}/`))) return [];
      hidden.add(gone);
    } else if (hidden.has(part.name)) return [];
    const folders = above.filter((one) => !kinds.has(one));
    for (const one of folders) kinds.set(one, "5");
    const linked = part.type === "1" ? [...kinds].find(([, kind]) => kind === "0")?.[0] : part.linkName;
    if (part.type === "1" && linked === undefined) return [];
    if (!last.startsWith(".wh.")) kinds.set(part.name, part.type ?? "0");
    const written = linked === undefined ? part : { ...part, linkName: linked };
    return [
      ...folders.map((one): [TarPart, Spelling] => [{ name: one, type: "5" }, "plain"]),
      [written, how],
    ];
  });
}

/** The ways in which tar writers write a name. */
function spell([each, how]: [TarPart, Spelling]): (TarPart | Uint8Array)[] {
  const whole = { ...each, mode: "0000755" };
  const isLong = each.name.length > 100;
  switch (isLong && how !== "gnu" ? "pax" : how) {
    case "plain":
      return [whole];
    case "dot":
      return [{ ...whole, name: `./${each.name}` }];
    case "slash":
      return [{ ...whole, name: `/${each.name}` }];
    case "pax":
      return [paxHeader({ path: each.name }), { ...whole, name: "short" }];
    case "gnu":
      return [gnuLongName(each.name), { ...whole, name: "short", format: "gnu" }];
  }
}

type Built = { ours: Uint8Array; theirs: StoredLayer };

/** umoci reads no zstd: it gets such a layer in gzip. */
function build([parts, packed]: [[TarPart, Spelling][], string]): Built {
  const bytes = Buffer.from(tarOf(...parts.flatMap(spell)));
  if (packed === "plain") return { ours: bytes, theirs: { bytes, archive: bytes, isPacked: false } };
  const theirs = { bytes: gzipped(bytes), archive: bytes, isPacked: true };
  if (packed === "gzip") return { ours: theirs.bytes, theirs };
  const half = packed === "zstd" ? bytes.length : bytes.length >> 1;
  const frames = [bytes.subarray(0, half), bytes.subarray(half)].map((each) => zstdFrame(each));
  return { ours: Buffer.concat(frames), theirs };
}

const images = fc.sample(image, { numRuns: IMAGES, seed: SEED }).map((layers) => layers.map(build));

let layout: UmociLayout;
beforeAll(() => {
  layout = umociLayout(images.map((layers) => layers.map(({ theirs }) => theirs)));
});
afterAll(() => layout?.close());

type Verdict = { kind: "same" | "ambiguous" | "refused" | "different"; hasFile: boolean; detail: string };

async function compare(at: number, wanted: string): Promise<Verdict> {
  const stack = stackOf((images[at] ?? []).map(({ ours }) => ours));
  const { trace } = await stack.find(wanted);
  const ours = await stack.text(wanted);
  const hasFile = !ours.startsWith("<");
  const theirs = await layout.unpack(at);
  if (trace.oddities.length > 0) {
    return { kind: "ambiguous", hasFile, detail: trace.oddities.map(({ oddity }) => oddity).join() };
  }
  if (theirs.kind === "refused") return { kind: "refused", hasFile, detail: `${ours} / ${theirs.why}` };
  const read = theirs.read(wanted);
  return {
    kind: fileIn(read) === fileIn(ours) ? "same" : "different",
    hasFile,
    detail: `image ${at}: ${ours} / ${read}`,
  };
}

/** umoci makes no folder for a whiteout, as Docker's unpackers do: either way there is no file. */
function fileIn(answer: string): string {
  return answer === "<not_a_file>" ? "<absent>" : answer;
}

describe(`${IMAGES} random images of seed ${SEED}`, () => {
  test("metadata.json is what umoci unpacks, or it is said why unpackers disagree", async () => {
    const verdicts = await mapConcurrently([...images.keys()], 2, (at) => compare(at, META));
    const of = (kind: Verdict["kind"]) => verdicts.filter((verdict) => verdict.kind === kind);
    expect(of("different").map(({ detail }) => detail)).toEqual([]);
    const counts = {
      same: of("same").length,
      ambiguous: of("ambiguous").length,
      refused: of("refused").length,
    };
    console.log(`compared with umoci: ${JSON.stringify(counts)}`);
    expect(counts.same).toBeGreaterThan(IMAGES * 0.7);
    expect(of("same").filter(({ hasFile }) => hasFile).length).toBeGreaterThan(IMAGES / 3);
  });
});
