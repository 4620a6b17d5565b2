import { expect, test } from "vitest";
import type { ExtensionSummary } from "@/lib/catalog/documents/documents";
import { foldText } from "@/lib/catalog/search/fold-text";
import { Interner } from "@/lib/catalog/search/interner";
import { search, TYPED_SCORE } from "@/lib/catalog/search/search";
import { searchEntryOf, wordFields } from "@/lib/catalog/search/search-entry";
import { indexOf, type SearchIndex } from "@/lib/catalog/search/search-index";
import { parseSearch } from "@/lib/catalog/search/search-query";
import { countMistakes } from "@/lib/catalog/search/typing-mistakes";
import { wordsOf } from "@/lib/catalog/search/words";
import fc from "@/tests/builders/fast-check";

function summary(repository: string, texts: Partial<ExtensionSummary> = {}): ExtensionSummary {
  return {
    repository,
    title: null,
    description: null,
    vendor: null,
    publisher: { name: "", verified: false },
    categories: [],
    icon: null,
    latest: null,
    latestPrerelease: null,
    deprecated: null,
    movedTo: null,
    ...texts,
  };
}

class Catalog {
  private readonly vocabulary = new Interner();

  index(items: readonly ExtensionSummary[], previous?: SearchIndex<ExtensionSummary>) {
    const entryOf = (item: ExtensionSummary) => searchEntryOf(item, this.vocabulary);
    return indexOf(items, { vocabulary: this.vocabulary, entryOf }, previous);
  }
}

function scoresOf(index: SearchIndex<ExtensionSummary>, text: string): number[] {
  const query = parseSearch(text);
  return query === undefined ? [] : [...search(index, query)];
}

/** Repositories of the hits, best first. */
function found(items: readonly ExtensionSummary[], text: string): string[] {
  const scores = scoresOf(new Catalog().index(items), text);
  return items
    .map(({ repository }, place) => ({ repository, score: scores[place] ?? 0 }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.repository < b.repository ? -1 : 1))
    .map(({ repository }) => repository);
}

const SOME = [
  summary("acme/disk-lens", { title: "Disk Lens", vendor: "Acme Inc.", categories: ["utility-tools"] }),
  summary("acme/logs", { title: "Log viewer", description: "A lens for every log, by disk." }),
  summary("globex/redis", { title: "RedisInsight for Docker", vendor: "Ünïcode GmbH" }),
  summary("ghcr.io/other/db", { title: "数据库管理工具", categories: ["database"] }),
  summary("initech/strasse", { title: "Straße Øst", description: "日本語 ログ" }),
];

test.each([
  ["a word of a title, then of a description", "lens", ["acme/disk-lens", "acme/logs"]],
  ["the beginning of a word", "insig", ["globex/redis"]],
  ["words in any order and any field", "acme lens", ["acme/disk-lens", "acme/logs"]],
  ["a part of a name in camel case", "insight", ["globex/redis"]],
  ["two words written as one", "disklens", ["acme/disk-lens"]],
  ["one word written as two", "redis insight", ["globex/redis"]],
  ["other accents and cases", "UNICODE", ["globex/redis"]],
  ["letters as people spell them", "strasse ost", ["initech/strasse"]],
  ["a repository", "ghcr.io/other/db", ["ghcr.io/other/db"]],
  ["a category by its title", "utility", ["acme/disk-lens"]],
  ["neighboring characters of CJK", "数据库", ["ghcr.io/other/db"]],
  ["one character of CJK, also the last", "具", ["ghcr.io/other/db"]],
  ["characters of CJK that are not neighbors", "数工", []],
  ["another script", "ログ", ["initech/strasse"]],
  ["a letter too many", "vieweer", ["acme/logs"]],
  ["two letters swapped", "dsik", ["acme/disk-lens", "acme/logs"]],
  ["a mistyped word beside a right one", "disk lnes", ["acme/disk-lens", "acme/logs"]],
  ["the inside of a word", "sight", ["globex/redis"]],
  ["a word that is nowhere", "lens zzzzzz", []],
  ["signs alone", "%_'--&|!()", []],
  ["white space", " \t ", []],
])("finds by %s", (_what, query, expected) => {
  expect(found(SOME, query)).toEqual(expected);
});

test("the insides of words count only where hardly anything is found otherwise", () => {
  const inside = summary("x/prometheus", { title: "Prometheus" });
  expect(found([inside], "theus")).toEqual(["x/prometheus"]);
  const many = ["a", "b", "c"].map((name) => summary(`y/${name}`, { title: `Theus ${name}` }));
  expect(found([inside, ...many], "theus")).toEqual(["y/a", "y/b", "y/c"]);
});

test("a title that the query names completely stands before longer ones", () => {
  const titles = ["Disk usage reports", "Disk usage", "Big disk usage"];
  const items = titles.map((title, index) => summary(`a/${index}`, { title }));
  expect(found(items, "disk usage")[0]).toBe("a/1");
});

test("a publisher named by several words stands before titles that have some of them", () => {
  const items = [
    summary("redis/insight", { title: "RedisInsight for Docker", vendor: "Redis Inc." }),
    summary("globex/docker-tools", { title: "Docker tools", vendor: "Globex Inc." }),
    summary("docker/disk-usage", { title: "Disk usage", vendor: "Docker Inc." }),
  ];
  expect(found(items, "docker inc")[0]).toBe("docker/disk-usage");
  expect(found(items, "docker")[0]).not.toBe("docker/disk-usage");
});

test("fields weigh in their order, whatever lower fields add up to", () => {
  const low = { vendor: "zebra", categories: ["zebra"], description: "zebra" };
  const items = [summary("a/b", low), summary("zebra/zebra", low), summary("c/d", { title: "Zebra view" })];
  expect(found(items, "zebra")).toEqual(["c/d", "zebra/zebra", "a/b"]);
});

const anyWord = fc.stringMatching(/^[abc]{1,4}$/);
const anyText = fc.array(anyWord, { maxLength: 4 }).map((words) => words.join(" "));
const anySummary = fc
  .record({ name: anyWord, title: anyText, vendor: anyText, description: anyText })
  .map(({ name, ...texts }) => summary(`p/${name}`, texts));
const anyItems = fc.uniqueArray(anySummary, { selector: ({ repository }) => repository, maxLength: 30 });

/** What the index is for, said without one: each word of the query is a word of the extension, or begins one. */
function naiveScore(item: ExtensionSummary, text: string): number {
  const fields = wordFields(item);
  const titleWords = new Set(wordsOf(item.title ?? "")).size;
  let [sum, inTitle, inPublisher] = [0, 0, 0];
  const words = parseSearch(text)?.words ?? [];
  for (const { text: word, asBeginning } of words) {
    const hits = [...fields].filter(([one]) => (asBeginning ? one.startsWith(word) : one === word));
    if (hits.length === 0) return 0;
    sum += Math.max(...hits.map(([one, bits]) => bits * (one === word ? 4 : 3)));
    inTitle += hits.some(([, bits]) => bits >= 32) ? 1 : 0;
    inPublisher += hits.some(([, bits]) => (bits & 4) !== 0) ? 1 : 0;
  }
  const publisher = words.length > 1 && inPublisher === words.length ? 256 : 0;
  return TYPED_SCORE + sum + (inTitle > 0 && inTitle >= titleWords ? 128 : 0) + publisher;
}

test("what is typed scores as a look at every extension says", () => {
  const property = fc.property(
    anyItems,
    fc.array(anyWord, { minLength: 1, maxLength: 3 }),
    (items, words) => {
      const query = words.join(" ");
      const scores = scoresOf(new Catalog().index(items), query);
      const typed = scores.map((score) => (score >= TYPED_SCORE ? score : 0));
      expect(typed).toEqual(items.map((item) => naiveScore(item, query)));
    },
  );
  fc.assert(property, { numRuns: 300 });
});

test("an index that followed every change scores like a fresh one", () => {
  const steps = fc.array(anyItems, { minLength: 1, maxLength: 5 });
  const property = fc.property(steps, fc.array(anyWord, { minLength: 1, maxLength: 2 }), (states, words) => {
    const catalog = new Catalog();
    const pool = new Map<string, ExtensionSummary>();
    let index: SearchIndex<ExtensionSummary> | undefined;
    for (const state of states) {
      // Some extensions stay the very same objects, as unchanged views do.
      const items = state.map((item) => pool.get(item.repository) ?? item);
      for (const item of state) pool.set(item.repository, item);
      index = catalog.index(items, index);
      const query = words.join(" ");
      expect(scoresOf(index, query)).toEqual(scoresOf(new Catalog().index(items), query));
    }
  });
  fc.assert(property, { numRuns: 200 });
});

test.each([
  ["lens", "lens", 0],
  ["lens", "lenses", 0],
  ["lens", "lesn", 1],
  ["lens", "les", 1],
  ["lenns", "lens", 1],
  ["lens", "lans", 1],
  ["kubren", "kubernetes", 1],
  ["portanier", "portainer", 1],
  ["abcdefgh", "badcefgh", 2],
  ["abcd", "dcba", 3],
  ["lens", "", 3],
])("%s is the beginning of %s but for %d mistakes, up to the most that counts", (typed, word, expected) => {
  expect(countMistakes(typed, 2)(word)).toBe(expected);
});

test("mistakes are counted the same one after the other as each for itself", () => {
  fc.assert(
    fc.property(anyWord, fc.array(anyWord), (typed, words) => {
      const count = countMistakes(typed, 2);
      expect(words.map(count)).toEqual(words.map((word) => countMistakes(typed, 2)(word)));
    }),
  );
});

test("folding is the same twice as once", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => foldText(foldText(text)) === foldText(text)),
  );
});

test("no text makes searching fail, whatever is in it", () => {
  const index = new Catalog().index(SOME);
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 64 }), (text) => {
      expect(scoresOf(index, text).length).toBeLessThanOrEqual(SOME.length);
    }),
    { numRuns: 50 },
  );
});

test("a mistyped word is found among all others, whatever letters they have", () => {
  const property = fc.property(
    fc.uniqueArray(fc.stringMatching(/^[ab1é]{1,9}$/u)),
    fc.stringMatching(/^[ab1]{4,9}$/),
    (words, typed) => {
      const items = words.map((title, index) => summary(`p/x${index}`, { title }));
      const max = typed.length < 8 ? 1 : 2;
      const scores = scoresOf(new Catalog().index(items), typed);
      if (scores.some((score) => score >= TYPED_SCORE)) return;
      const isClose = (word: string) => word.includes(typed) || countMistakes(typed, max)(word) <= max;
      const expected = words.map((title) => wordsOf(title).some(isClose));
      const inside = words.some((title) => wordsOf(title).some((word) => word.includes(typed)));
      if (!inside) expect(scores.map((score) => score > 0)).toEqual(expected);
    },
  );
  fc.assert(property, { numRuns: 300 });
});
