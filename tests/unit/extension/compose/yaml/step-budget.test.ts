// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Compose writes variables so

import { describe, expect, test } from "vitest";
import { type ComposeReading, readCompose } from "@/lib/extension/compose/compose";
import { interpolate } from "@/lib/extension/compose/yaml/interpolation";
import { COMPOSE_STEPS, StepBudget } from "@/lib/extension/compose/yaml/step-budget";

type Read = { reading: ComposeReading; steps: number };

const MAIN = "/c.yaml";

/** Every file that is asked for and not given is absent. */
function read(texts: Record<string, string>): Read {
  const files = new Map<string, Uint8Array | "absent">(
    Object.entries(texts).map(([path, text]) => [path, new TextEncoder().encode(text)]),
  );
  for (;;) {
    const steps = new StepBudget();
    const reading = readCompose({ path: MAIN, files, ownImage: "own", steps });
    if (reading.needs.length === 0) return { reading, steps: steps.spent };
    for (const path of reading.needs) files.set(path, "absent");
  }
}

const codesOf = ({ reading }: Read) => reading.findings.map(({ code }) => code);
const list = (count: number, make: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => make(at));
const includes = (path: string, times: number) => `include:\n${`  - ${path}\n`.repeat(times)}`;
const variables = (count: number) => list(count, (at) => `\${A${at}:-}`).join("");
const base = `  base:\n    image: a\n    cap_add: [${list(2_000, (at) => `c${at}`).join(",")}]\n`;
const folder = "a/".repeat(2_000);

/** The file that includes the next one `times` times, in so many files. */
function tree(files: number, times: number): Record<string, string> {
  const paths = [MAIN, ...list(files - 1, (at) => `/f${at}.yaml`)];
  return Object.fromEntries(
    paths.map((path, at) => [
      path,
      at + 1 < files ? includes(paths[at + 1]?.slice(1) ?? "", times) : "services: {}\n",
    ]),
  );
}

describe("a hostile project costs no more than the budget, and is outside every envelope", () => {
  test.each<[string, Record<string, string>]>([
    ["files that include the next one thirty times", tree(7, 30)],
    [
      "a file with variables that is included two thousand times",
      {
        [MAIN]: includes("b.yaml", 2_000),
        "/b.yaml": `x-a: "${variables(500)}"\n`,
      },
    ],
    ["a text of 150,000 variables", { [MAIN]: `x-a: "${"${A:-}".repeat(150_000)}"\n` }],
    [
      "services that extend one with 2,000 items",
      {
        [MAIN]: `services:\n${base}${list(500, (at) => `  s${at}: { extends: base, cap_add: [x] }\n`).join("")}`,
      },
    ],
    [
      "services that extend one of another file each with variables of its own",
      {
        [MAIN]: `include:\n${list(500, (at) => `  - { path: b.yaml, env_file: e${at % 3}.env }\n`).join("")}`,
        "/b.yaml": "services:\n  a: { extends: { file: d.yaml, service: base } }\n",
        "/d.yaml": `services:\n${base}`,
      },
    ],
    [
      "an env file that doubles its variables",
      {
        [MAIN]: "services:\n  a: { image: a, env_file: a.env }\n",
        "/a.env": `V0=${"x".repeat(1_000)}\n${list(4_000, (at) => `V${at + 1}=$V${at}$V${at}`).join("\n")}`,
      },
    ],
    [
      "an env file that is named five thousand times",
      {
        [MAIN]: `services:\n  a:\n    image: a\n    env_file: [${"a.env,".repeat(5_000)}]\n`,
        "/a.env": "A=1\n".repeat(1_000),
      },
    ],
    [
      "mounts below a folder with a long path",
      {
        [MAIN]: `include:\n  - { path: b.yaml, project_directory: ${folder} }\n`,
        "/b.yaml": `services:\n  a:\n    image: a\n    volumes: [${list(8_000, (at) => `./${at}:/${at}`).join(",")}]\n`,
      },
    ],
  ])("%s", (_, texts) => {
    const found = read(texts);
    expect(codesOf(found)).toContain("compose_too_complex");
    expect(found.reading.unknown.length).toBeGreaterThan(0);
    // The step that is refused may be a large one: a list of 30,000 items is one.
    expect(found.steps).toBeLessThanOrEqual(COMPOSE_STEPS + 30_000);
  });

  test("what was read before the budget ended is still told", () => {
    const { reading } = read({
      [MAIN]: `services:\n  a: { image: a, privileged: true }\n${includes("b.yaml", 2_000)}`,
      "/b.yaml": `x-a: "${variables(500)}"\n`,
    });
    expect(reading.effects.privileged || reading.services.some(({ effects }) => effects.privileged)).toBe(
      true,
    );
  });
});

describe("what leads back to itself is read once", () => {
  test.each<[string, Record<string, string>]>([
    ["a file that includes itself sixteen times", { [MAIN]: includes("c.yaml", 16) }],
    ["a file that includes itself thirty times", { [MAIN]: includes("c.yaml", 30) }],
    [
      "two files that include one another",
      { [MAIN]: includes("b.yaml", 9), "/b.yaml": includes("c.yaml", 9) },
    ],
    ["a service that extends itself", { [MAIN]: "services:\n  a: { image: a, extends: a }\n" }],
    [
      "two services that extend one another",
      {
        [MAIN]:
          "services:\n  a: { image: a, extends: b }\n  b: { image: b, extends: { file: c.yaml, service: a } }\n",
      },
    ],
  ])("%s", (_, texts) => {
    const found = read(texts);
    expect(codesOf(found)).toContain("compose_cycle");
    expect(codesOf(found)).not.toContain("compose_too_complex");
    expect(found.reading.unknown.length).toBeGreaterThan(0);
    expect(found.steps).toBeLessThan(2_000);
  });

  test("the same file in two branches is no cycle", () => {
    const found = read({
      [MAIN]: "include: [a.yaml, b.yaml]\n",
      "/a.yaml": includes("d.yaml", 1),
      "/b.yaml": includes("d.yaml", 1),
      "/d.yaml": `services:\n  a: { image: a@sha256:${"1".repeat(64)} }\n`,
    });
    expect(codesOf(found)).toEqual([]);
    expect(found.reading.services.map(({ name }) => name)).toEqual(["a", "a"]);
  });
});

test("the cost grows with the file and not with its square", () => {
  const stepsOf = (count: number) => read({ [MAIN]: `x-a: "${variables(count)}"\nservices: {}\n` }).steps;
  expect(stepsOf(8_000)).toBeLessThan(stepsOf(1_000) * 9);
});

test("a key of a megabyte is not repeated in the place of each value below it", () => {
  const key = "k".repeat(500_000);
  const found = read({
    [MAIN]: `services:\n  ? ${key}\n  : { ${list(5_000, (at) => `u${at}: 1`).join(", ")} }\n`,
  });
  for (const { evidence } of found.reading.findings) expect(String(evidence.at).length).toBeLessThan(400);
  expect(found.reading.unknown.length).toBeGreaterThan(0);
});

test("a project as people write them takes a small part of the budget", () => {
  const service = (at: number) =>
    `  s${at}:\n    image: acme/s${at}:1.0.0\n    volumes: ["./d${at}:/data", "v${at}:/v"]\n    ports: ["80${at}:80"]\n    environment: { A: "$A", B: "\${B:-b}" }\n`;
  const { steps } = read({ [MAIN]: `services:\n${list(30, service).join("")}` });
  expect(steps).toBeLessThan(COMPOSE_STEPS / 10);
});

test("variables in the word of one that is set ask the host for nothing, however many there are", () => {
  const steps = new StepBudget();
  const result = interpolate(
    `$X\${A:-${"$B".repeat(1_000)}}$Y`,
    (name) => (name === "A" ? "a" : undefined),
    steps,
  );
  expect(result).toMatchObject({ ok: true, unset: ["X", "Y"] });
  expect(steps.spent).toBeLessThan(2_500);
});
