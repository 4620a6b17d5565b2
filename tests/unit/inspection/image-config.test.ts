import { describe, expect, test } from "vitest";
import { parseImageConfig } from "@/lib/inspection/image-config";

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
    history: [],
  });
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

describe("what is absent or of another kind is left out", () => {
  test.each([
    ["nothing", {}],
    ["null", { os: null, created: null, config: null }],
    ["no labels", { config: { Labels: null } }],
    ["a list of labels", { config: { Labels: ["a"] } }],
    ["numbers", { os: 1, architecture: 2, created: 3, config: { Labels: { a: 1, b: {} } } }],
    ["only one half of the platform", { os: "linux" }],
    ["a time that is none", { created: "yesterday" }],
    ["a day that is none", { created: "2026-13-45T00:00:00Z" }],
  ])("%s", (_name, document) => {
    expect(read(document)).toEqual({
      platform: undefined,
      created: null,
      labels: {},
      environment: [],
      history: [],
    });
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
