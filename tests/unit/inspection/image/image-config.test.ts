import { describe, expect, test } from "vitest";
import { parseImageConfig } from "@/lib/inspection/image/image-config";

const parse = (document: unknown) => parseImageConfig(Buffer.from(JSON.stringify(document)));
const read = (document: unknown) => {
  const reading = parse(document);
  return reading.kind === "read" ? reading.config : reading;
};

test("platform, time and labels are read", () => {
  const labels = { a: "1", empty: "" };
  const created = "2026-01-02T03:04:05.123456789Z";
  expect(
    read({ os: "linux", architecture: "arm", variant: "v7", created, config: { Labels: labels } }),
  ).toEqual({
    platform: { os: "linux", architecture: "arm", variant: "v7" },
    created,
    labels,
    environment: [],
    start: { command: [], workingDir: "" },
    history: [],
    rootfs: { type: "", diffIds: [] },
    oddities: [],
  });
});

test("the layers are read as the config lists them", () => {
  expect(read({ rootfs: { type: "layers", diff_ids: ["sha256:a", "sha256:b"] } })).toMatchObject({
    rootfs: { type: "layers", diffIds: ["sha256:a", "sha256:b"] },
  });
  expect(read({ rootfs: { type: null, diff_ids: ["sha256:a", null, 7] } })).toMatchObject({
    rootfs: { type: "", diffIds: ["sha256:a", "", ""] },
  });
});

test("values are those of Go: null is the empty text, and half a surrogate pair becomes U+FFFD", () => {
  const bytes = Buffer.from('{"config":{"Labels":{"a":null,"b":"\\ud800x","\\udc00":"c"}}}');
  expect(parseImageConfig(bytes)).toMatchObject({
    config: { labels: { a: "", b: "\ufffdx", "\ufffd": "c" } },
  });
});

test("a variant that is too long to be one leaves no platform", () => {
  const platform = { os: "linux", architecture: "amd64" };
  expect(read({ ...platform, variant: "v".repeat(64) })).toMatchObject({ platform });
  expect(read({ ...platform, variant: "v".repeat(65) })).toMatchObject({ platform: undefined });
});

test("environment and build history are read, as far as they are text", () => {
  const document = {
    config: { Env: ["PATH=/bin", 7, null, "A=b"] },
    history: [{ created_by: "RUN make" }, {}, null, { created_by: 7 }, { created_by: "COPY a b" }],
  };
  expect(read(document)).toMatchObject({
    environment: ["PATH=/bin", "A=b"],
    history: ["RUN make", "COPY a b"],
  });
});

test("what a container starts is the entrypoint with the command behind it", () => {
  const config = { Entrypoint: ["/tini", "--"], Cmd: ["./service", 7], WorkingDir: "/app" };
  expect(read({ config })).toMatchObject({
    start: { command: ["/tini", "--", "./service"], workingDir: "/app" },
  });
  expect(read({ config: { Entrypoint: null, Cmd: "/service", WorkingDir: 7 } })).toMatchObject({
    start: { command: [], workingDir: "" },
  });
});

describe("what is absent or of another kind is left out", () => {
  test.each([
    ["nothing", {}],
    ["null", { os: null, created: null, config: null }],
    ["no labels", { config: { Labels: null } }],
    ["numbers", { os: 1, architecture: 2, created: 3 }],
    ["only one half of the platform", { os: "linux" }],
    ["a time that is none", { created: "yesterday" }],
    ["a day that is none", { created: "2026-13-45T00:00:00Z" }],
  ])("%s", (_name, document) => {
    expect(read(document)).toEqual({
      platform: undefined,
      created: null,
      labels: {},
      environment: [],
      start: { command: [], workingDir: "" },
      history: [],
      rootfs: { type: "", diffIds: [] },
      oddities: [],
    });
  });
});

describe("labels that Go does not read as text make the whole config unreadable", () => {
  test.each([
    [["a"], undefined, "a list"],
    ["a=b", undefined, "text"],
    [7, undefined, "a number"],
    [false, undefined, "true or false"],
    [{ a: 1 }, "a", "a number"],
    [{ a: "1", b: true }, "b", "true or false"],
    [{ a: {} }, "a", "an object"],
    [{ a: [] }, "a", "a list"],
  ])("%j", (labels, name, is) => {
    const reading = parse({ os: "linux", architecture: "amd64", config: { Labels: labels } });
    expect(reading).toMatchObject({ kind: "unreadable", label: { name, is } });
    expect(reading).toHaveProperty("why", expect.stringContaining(is));
  });

  test("also in a config that is too long to look through", () => {
    const labels = { a: 1, b: "x".repeat(1_100_000) };
    expect(parse({ config: { Labels: labels } })).toMatchObject({ label: { name: "a", is: "a number" } });
  });
});

test("keys that other languages trip over are labels like any other", () => {
  const bytes = Buffer.from('{"config":{"Labels":{"__proto__":"x","constructor":"y","a":"1","a":"2"}}}');
  const reading = parseImageConfig(bytes);
  const labels = reading.kind === "read" ? reading.config.labels : {};
  expect(Object.entries(labels)).toEqual([
    ["__proto__", "x"],
    ["constructor", "y"],
    ["a", "2"],
  ]);
  expect(Object.getPrototypeOf(labels)).toBe(Object.prototype);
});

test.each([
  ["no JSON", "{"],
  ["no object", "[]"],
  ["null", "null"],
  ["nothing", ""],
])("%s is unreadable", (_name, text) => {
  expect(parseImageConfig(Buffer.from(text)).kind).toBe("unreadable");
});

test("UTF-16 is unreadable", () => {
  expect(parseImageConfig(Buffer.from("\ufeff{}", "utf16le")).kind).toBe("unreadable");
});

describe("what readers may understand differently is told, and the last one counts", () => {
  const readText = (text: string) => {
    const reading = parseImageConfig(Buffer.from(text));
    if (reading.kind !== "read") throw new Error(reading.why);
    return reading.config;
  };

  test.each<[text: string, labels: object, oddities: RegExp[]]>([
    ['{"config":{"Labels":{"a":"1"}}}', { a: "1" }, []],
    ['{"config":{"Labels":{"a":"1","a":"2"}}}', { a: "2" }, [/^“config\.Labels\.a” occurs more than once/]],
    ['{"config":{"Labels":{"a":"1"},"Labels":{"b":"2"}}}', { b: "2" }, [/^“config\.Labels” occurs/]],
    ['{"config":{"Labels":{"a":"1"}},"config":{}}', {}, [/^“config” occurs/]],
    [
      '{"config":{"Labels":{"a":"1","a":"2","b":"","b":""},"Env":[],"Env":[]}}',
      { a: "2", b: "" },
      [/^“config\.Labels\.a” occurs .*\(and 2 more such keys\)$/],
    ],
    [
      '{"config":{"Labels":{"a":"1"},"labels":{"a":"2"}}}',
      { a: "1" },
      [/^“config\.labels” differs from another key/],
    ],
    ['{"config":{"Label\u017f":{"a":"2"}}}', {}, [/^“config\.Labelſ” differs from another key/]],
    [
      '{"Config":{"Labels":{"a":"2"}},"OS":"linux"}',
      {},
      [/^“Config” differs from another key .*\(and 1 more/],
    ],
    ['{"rootfs":{"Diff_IDs":[]}}', {}, [/^“rootfs\.Diff_IDs” differs from another key/]],
    ['{"Rootf\u017f":{}}', {}, [/^“Rootfſ” differs from another key/]],
    ['{"history":[{},{"Created_By":"x"}]}', {}, [/^“history\[1\]\.Created_By” differs from another key/]],
    ['{"config":{"Labels":{"Config":"x","labels":"y"}}}', { Config: "x", labels: "y" }, []],
  ])("%s", (text, labels, oddities) => {
    const config = readText(text);
    expect(config.labels).toEqual(labels);
    expect(config.oddities).toEqual(oddities.map((words) => expect.stringMatching(words)));
  });

  test("in more than 1 MiB keys are not looked for, which is told", () => {
    const padded = (characters: number) => readText('{"config":{"Labels":{"a":"1"}}}'.padEnd(characters));
    expect(padded(2 ** 20)).toMatchObject({ labels: { a: "1" }, oddities: [] });
    expect(padded(2 ** 20 + 1)).toMatchObject({
      labels: { a: "1" },
      oddities: [expect.stringMatching(/^it has 1048577 characters/)],
    });
  });
});

test("64 levels are read, 65 are not", () => {
  const nested = (levels: number) =>
    parseImageConfig(Buffer.from(`{"x":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}}`));
  expect(nested(64).kind).toBe("read");
  expect(nested(65)).toEqual({ kind: "unreadable", why: "it has more than 64 levels of nesting" });
});

test.each(["1e400", "-1e-400", "123456789012345678901234567890", "9007199254740993"])(
  "the number %s anywhere does no harm",
  (number) => {
    const text = `{"os":"linux","architecture":${number},"created":${number},"config":{"Labels":{"b":"1"},"Env":[${number}]},"history":[${number}]}`;
    const reading = parseImageConfig(Buffer.from(text));
    expect(reading).toMatchObject({
      kind: "read",
      config: { platform: undefined, created: null, labels: { b: "1" } },
    });
  },
);
