import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { parseSemver } from "@/lib/extension/reference/semver";
import { parseRange } from "@/lib/extension/requirement/range";
import { includes } from "@/lib/extension/requirement/version-set";
import { OBSERVED } from "@/tests/builders/api-version-labels";
import fc from "@/tests/builders/fast-check";
import { DEVIATIONS, type Outcome } from "@/tests/grammar/deviations";
import { askGo, type OracleAnswer, type Question } from "@/tests/grammar/go-oracle";
import { ranges, versions } from "@/tests/grammar/ranges";

const RANGES = 6_000;
const VERSIONS_PER_RANGE = 15;
/** Fixed seeds: a failing run is the same on every machine. */
const SEED = 20_261_120;

const APIS = [
  "0.0.0",
  "0.1.0",
  "0.2.3",
  "0.3.0",
  "0.3.3",
  "0.3.4",
  "0.3.4-rc.1",
  "0.4.2",
  "1.0.0",
  "1.4.7",
  "2.0.0",
];
const drawn = fc.sample(
  fc.record({
    range: ranges,
    versions: fc.array(versions, { minLength: VERSIONS_PER_RANGE, maxLength: VERSIONS_PER_RANGE }),
  }),
  { numRuns: RANGES, seed: SEED },
);
const observed = OBSERVED.map(([, range]) => ({ range, versions: APIS }));
const examples = DEVIATIONS.map(({ example }) => ({
  range: example.range,
  versions: example.version === undefined ? [] : [example.version],
}));

type Answered = { question: Question; answer: OracleAnswer };
let answered: Answered[];
let answeredExamples: Answered[];

beforeAll(async () => {
  const questions = [...drawn, ...observed, ...examples];
  const answers = await askGo(questions);
  const all = questions.map((question, index) => ({ question, answer: answers[index] }));
  expect(answers).toHaveLength(questions.length);
  answered = all.slice(0, -examples.length);
  answeredExamples = all.slice(-examples.length);
}, 120_000);

describe("ranges mean what they mean to Masterminds/semver v3", () => {
  test("every pair of a range and a version, but for what is documented", () => {
    const plain = answered.flatMap((one) => pairsOf(one).filter(undocumented(one.question.range)));
    expect(plain.length).toBeGreaterThan(50_000);
    expect(plain.filter(({ here, there }) => here !== there)).toEqual([]);
    for (const outcome of ["match", "no match", "invalid"])
      expect(plain.filter(({ here }) => here === outcome).length).toBeGreaterThan(1_000);
  });

  test.each(DEVIATIONS.map((deviation, index) => [deviation.title, index] as const))(
    "%s",
    (_title, index) => {
      const { example, explains } = DEVIATIONS[index] ?? expect.fail("no such deviation");
      const { question, answer } = answeredExamples[index] ?? expect.fail("no answer");
      expect([
        reader(example.range)(example.version),
        thereOf(answer, question.versions, example.version),
      ]).toEqual([example.here, example.there]);
      expect(explains(example.range)).toBe(true);
    },
  );

  test("the documentation has one line for each difference", () => {
    const document = readFileSync("docs/compatibility.md", "utf8").replaceAll("\\|", "|");
    const lines = document.split("\n").filter((line) => /\| (?:match|no match|invalid|valid) \|$/.test(line));
    expect(lines.map((line) => line.split(" | ")[0]?.slice(2))).toEqual(DEVIATIONS.map(({ title }) => title));
  });

  test("every label of a public image is read alike", () => {
    const pairs = answered.slice(drawn.length).flatMap(pairsOf);
    expect(pairs.length).toBeGreaterThan(200);
    expect(pairs.filter(({ here, there }) => here !== there)).toEqual([]);
  });
});

type Pair = { range: string; version: string; here: Outcome; there: Outcome };

function undocumented(range: string): (pair: Pair) => boolean {
  const found = DEVIATIONS.filter(({ explains }) => explains(range));
  if (found.some(({ onlyPrereleases }) => !onlyPrereleases)) return () => false;
  return ({ version }) => found.length === 0 || !version.includes("-");
}

function pairsOf({ question: { range, versions: asked }, answer }: Answered): Pair[] {
  const here = reader(range);
  return asked.map((version) => ({
    range,
    version,
    here: here(version),
    there: thereOf(answer, asked, version),
  }));
}

function reader(text: string): (version: string | undefined) => Outcome {
  const range = parseRange(text);
  if ("problem" in range) return () => "invalid";
  return (version) => {
    const parsed = version === undefined ? undefined : parseSemver(version);
    if (parsed === undefined) return "valid";
    return includes(range.versions, parsed) ? "match" : "no match";
  };
}

function thereOf(answer: OracleAnswer, asked: readonly string[], version: string | undefined): Outcome {
  if (answer === undefined) return "invalid";
  if (version === undefined) return "valid";
  return answer[asked.indexOf(version)] ? "match" : "no match";
}
