// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Compose writes variables so

import { describe, expect, test } from "vitest";
import { type Capabilities, readCapabilities } from "@/lib/extension/capabilities/capabilities";
import { coverage, needsManual } from "@/lib/extension/capabilities/envelope";
import { type ComposeReading, readCompose } from "@/lib/extension/compose/compose";
import { readEnvFile } from "@/lib/extension/compose/env-file";
import { interpolate, isOpen, shown } from "@/lib/extension/compose/yaml/interpolation";
import { StepBudget } from "@/lib/extension/compose/yaml/step-budget";
import { readYaml } from "@/lib/extension/compose/yaml/yaml-text";
import { readLabels } from "@/lib/extension/labels/labels";
import { parseMetadata } from "@/lib/extension/metadata/metadata";
import fc from "@/tests/builders/fast-check";

const bytes = (text: string) => new TextEncoder().encode(text);

function read(text: string): ComposeReading {
  const files = new Map<string, Uint8Array | "absent">([["/c.yaml", bytes(text)]]);
  const reading = readCompose({ path: "/c.yaml", files, ownImage: "own" });
  for (const path of reading.needs) files.set(path, "absent");
  return reading.needs.length === 0 ? reading : readCompose({ path: "/c.yaml", files, ownImage: "own" });
}

function capabilitiesOf(reading: ComposeReading): Capabilities {
  const metadata = bytes(JSON.stringify({ icon: "i", vm: { composefile: "c.yaml" } }));
  return readCapabilities(parseMetadata(metadata).document, readLabels({}).labels, reading);
}

describe("files that would cost too much are refused", () => {
  const lol = ["a: &a [x,x,x,x,x,x,x,x,x,x]"];
  for (let at = 1; at < 10; at += 1) {
    const before = String.fromCharCode(96 + at);
    const name = String.fromCharCode(97 + at);
    lol.push(`${name}: &${name} [${Array(10).fill(`*${before}`).join(",")}]`);
  }
  test.each([
    ["aliases that multiply", lol.join("\n")],
    ["an alias of itself", "a: &a [*a]"],
    ["an anchor that is nowhere", "a: *b"],
    ["brackets without end", "[".repeat(100_000)],
    ["braces without end", "{a: ".repeat(50_000)],
    ["dashes without end", "- ".repeat(50_000)],
    ["deep lists", `a: ${"[".repeat(60)}${"]".repeat(60)}`],
    ["more than 1 MiB", `a: ${"x".repeat(1024 * 1024)}`],
    ["a hundred thousand keys", Array.from({ length: 100_000 }, (_, at) => `k${at}: 1`).join("\n")],
    ["no UTF-8", "\ud800"],
  ])("%s", (name, text) => {
    const content = name === "no UTF-8" ? new Uint8Array([0xc3, 0x28]) : bytes(text);
    const reading = readYaml(content, new StepBudget());
    expect(reading.ok).toBe(false);
  });

  test("keys that stand twice, tags and odd keys are read and told", () => {
    const reading = readYaml(bytes("a: 1\na: 2\nb: !reset null\n? [x]\n: y\n"), new StepBudget());
    expect(reading).toMatchObject({
      ok: true,
      value: new Map([
        ["a", "2"],
        ["b", "null"],
      ]),
    });
    expect(reading.ok && reading.oddities.map(({ at }) => at)).toEqual(["a", "b", ""]);
  });

  test("merge keys give way to what stands beside them, the first before the second", () => {
    const text = "x: &x { a: x, b: x }\ny: &y { a: y, c: y }\nz:\n  <<: [*x, *y]\n  b: z\n";
    const reading = readYaml(bytes(text), new StepBudget());
    const z = reading.ok && reading.value instanceof Map ? reading.value.get("z") : undefined;
    expect(z).toEqual(
      new Map([
        ["b", "z"],
        ["a", "x"],
        ["c", "y"],
      ]),
    );
  });
});

describe("variables", () => {
  const values = new Map([
    ["A", "a"],
    ["EMPTY", ""],
  ]);
  const put = (text: string) => {
    const result = interpolate(text, (name) => values.get(name), new StepBudget());
    return result.ok ? shown(result.text) : "refused";
  };
  test.each([
    ["$A-${A}", "a-a"],
    ["$$A", "$A"],
    ["${B}", "${B}"],
    ["${B:-x}", "x"],
    ["${B-x}", "x"],
    ["${EMPTY:-x}", "x"],
    ["${EMPTY-x}", ""],
    ["${A:-x}", "a"],
    ["${A:?must be set}", "a"],
    ["${B?must be set}", "${B}"],
    ["${A:+x}", "x"],
    ["${EMPTY:+x}", ""],
    ["${EMPTY+x}", "x"],
    ["${B:+}", ""],
    ["${B:-${C:-${A}}}", "a"],
    ["${B:-${C}}/x", "${C}/x"],
    ["a}b", "a}b"],
    ["$", "refused"],
    ["${", "refused"],
    ["${A", "refused"],
    ["${}", "refused"],
    ["${A!x}", "refused"],
    ["$1", "refused"],
  ])("%s is %s", (text, expected) => {
    expect(put(text)).toBe(expected);
  });

  test("no text makes them throw, and what is unknown is never hidden", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("$", "{", "}", "A", "B", ":-", ":+", "?", "x"), { maxLength: 30 }),
        (parts) => {
          const result = interpolate(parts.join(""), (name) => values.get(name), new StepBudget());
          if (result.ok && isOpen(result.text)) expect(result.unset.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 1500 },
    );
  });
});

test.each([
  ["A=b", { A: "b" }, []],
  ["export A = b # note", { A: "b" }, []],
  ["A='b # c'\nB=\"$A d\"", { A: "b # c", B: "b # c d" }, []],
  ["# note\n\nA=", { A: "" }, []],
  ["A: b", { A: "b" }, []],
  ["A='b\nc'", {}, [1, 2]],
  ["=b\n1A=c", {}, [1, 2]],
])("of the env file %j", (text, values, odd) => {
  const file = readEnvFile(text, () => undefined, new StepBudget());
  expect([Object.fromEntries(file.values), file.odd]).toEqual([values, odd]);
});

const word = fc.constantFrom(
  "host",
  "/",
  "/var/run/docker.sock",
  "./x",
  "${A}",
  "true",
  "8080:80",
  "container:x",
  "v:/d",
  "~",
  "",
  "a/b",
);
const leaf = fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null), fc.string({ maxLength: 12 }));
const part = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 3 }),
  fc.dictionary(
    fc.constantFrom("source", "type", "target", "file", "service", "path", "driver_opts", "device"),
    leaf,
    { maxKeys: 4 },
  ),
);
const KEYS = [
  "image",
  "volumes",
  "ports",
  "privileged",
  "network_mode",
  "pid",
  "devices",
  "cap_add",
  "security_opt",
  "environment",
  "env_file",
  "extends",
  "deploy",
  "gpus",
  "build",
  "magic",
  "provider",
  "post_start",
  "volumes_from",
];
const service = fc.dictionary(fc.constantFrom(...KEYS), part, { maxKeys: 6 });
const named = fc.dictionary(fc.constantFrom("a", "b", "__proto__"), fc.oneof(service, part), { maxKeys: 2 });
const project = fc.dictionary(
  fc.constantFrom("services", "volumes", "networks", "secrets", "configs", "include", "models", "magic"),
  fc.oneof(named, part),
  { maxKeys: 5 },
);

describe("whatever the file holds", () => {
  test("random text and cut files get an answer", () => {
    const good = "services:\n  a:\n    image: ${X:-a/b}\n    volumes: [&v '/a:/b', *v]\n";
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 200 }),
          fc.nat({ max: good.length }).map((end) => good.slice(0, end)),
        ),
        (text) => {
          expect(read(text).needs).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("an answer holds no unset variable's mark, and every list is short", () => {
    fc.assert(
      fc.property(project, (value) => {
        const reading = read(JSON.stringify(value));
        expect(JSON.stringify(reading)).not.toContain("\\u0000");
        expect(reading.unknown.length).toBeLessThanOrEqual(100);
      }),
      { numRuns: 600 },
    );
  });

  test("a key that is on no list is never passed over", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,3}[a-z_]{0,12}[0-9]$/), (key) => {
        const inService = read(JSON.stringify({ services: { a: { image: "b", [key]: true } } }));
        const atTop = read(JSON.stringify({ services: {}, [key]: {} }));
        expect([inService.unknown, atTop.unknown]).toEqual([[`services.a.${key}`], [key]]);
      }),
      { numRuns: 200 },
    );
  });

  test("one more service never does less, and what is not understood is never covered", () => {
    fc.assert(
      fc.property(service, service, (one, other) => {
        const before = capabilitiesOf(read(JSON.stringify({ services: { one } })));
        const after = capabilitiesOf(read(JSON.stringify({ services: { one, other } })));
        const envelope = { capabilities: after, approved: [] };
        const beyond = coverage(envelope, before).beyond;
        expect(beyond.filter((what) => !what.startsWith("unrecognized part"))).toEqual([]);
        if (after.unknown.length > 0) {
          expect(coverage(envelope, after).covered).toBe(false);
          expect(needsManual(after)).toContain("unrecognized parts");
        }
      }),
      { numRuns: 400 },
    );
  });
});
