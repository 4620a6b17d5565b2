import { describe, expect, test } from "vitest";
import { allows, egressRules, formatRegistries, parseRegistries } from "@/lib/registry/registries";

describe("the text of GANTRY_REGISTRIES", () => {
  test.each([
    ["docker.io", { host: "docker.io", origin: "https://registry-1.docker.io", mayBePrivate: false }],
    ["index.docker.io", { host: "docker.io", origin: "https://registry-1.docker.io", mayBePrivate: false }],
    ["ghcr.io", { host: "ghcr.io", origin: "https://ghcr.io", mayBePrivate: false }],
    ["GHCR.io", { host: "ghcr.io", origin: "https://ghcr.io", mayBePrivate: false }],
    [
      "r.corp.example:5000",
      { host: "r.corp.example:5000", origin: "https://r.corp.example:5000", mayBePrivate: false },
    ],
    [
      "http://127.0.0.1:5000",
      { host: "127.0.0.1:5000", origin: "http://127.0.0.1:5000", mayBePrivate: true },
    ],
    ["http://registry:5000/", { host: "registry:5000", origin: "http://registry:5000", mayBePrivate: true }],
    [
      "https://r.corp.example",
      { host: "r.corp.example", origin: "https://r.corp.example", mayBePrivate: true },
    ],
    [
      "docker.io=http://127.0.0.1:5005",
      { host: "docker.io", origin: "http://127.0.0.1:5005", mayBePrivate: true },
    ],
  ])("%s", (item, entry) => {
    expect([...parseRegistries(item).values()]).toEqual([entry]);
  });

  test("items are separated by commas; a mirror wins over the bare name, whichever comes first", () => {
    const text = "docker.io, ghcr.io,http://127.0.0.1:5000,,docker.io=http://127.0.0.1:5005";
    for (const order of [text, text.split(",").reverse().join(",")]) {
      const table = parseRegistries(order);
      expect([...table.keys()].sort()).toEqual(["127.0.0.1:5000", "docker.io", "ghcr.io"]);
      expect(table.get("docker.io")?.origin).toBe("http://127.0.0.1:5005");
    }
  });

  test("an empty text allows nothing", () => {
    expect(allows(parseRegistries(""), "docker.io")).toBe(false);
  });

  test.each([
    "ftp://127.0.0.1",
    "http://127.0.0.1:5000/path",
    "http://user:pass@127.0.0.1:5000",
    "http://",
    "registry",
    "http://registry",
    "not a host",
    "docker.io=127.0.0.1:5005",
    "docker.io=",
    "=http://127.0.0.1:5005",
    "docker.io=http://127.0.0.1:5005,docker.io=http://127.0.0.1:5006",
  ])("%j is refused as configuration", (text) => {
    expect(() => parseRegistries(text)).toThrow(expect.objectContaining({ code: "configuration" }));
  });
});

test.each([
  "docker.io,ghcr.io",
  "http://127.0.0.1:5000,https://r.corp.example",
  "docker.io=http://127.0.0.1:5005,docker.io,ghcr.io",
])("the table of %s, written as text, is the same table", (text) => {
  const table = parseRegistries(text);
  expect(parseRegistries(formatRegistries(table))).toEqual(table);
});

test("only hosts that were named as addresses may be private, and only those with http: may be plain", () => {
  const rules = egressRules(parseRegistries("docker.io,http://127.0.0.1:5000,https://r.corp.example"));
  const hosts = ["registry-1.docker.io:443", "127.0.0.1:5000", "r.corp.example:443", "127.0.0.1:5001"];
  expect(hosts.map(rules.allowPrivate)).toEqual([false, true, true, false]);
  expect(hosts.map(rules.allowHttp)).toEqual([false, true, false, false]);
});
