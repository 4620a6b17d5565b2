import { describe, expect, test } from "vitest";
import { readCompose } from "@/lib/extension/compose/compose";
import { KEY_VERSIONS } from "@/lib/extension/compose/keys/key-versions";
import { type KeyTree, PROJECT_KEYS, SERVICE_KEYS } from "@/lib/extension/compose/keys/known-keys";
import { parseSemver } from "@/lib/extension/reference/semver";

function read(project: object) {
  const bytes = new TextEncoder().encode(JSON.stringify(project));
  const files = new Map<string, Uint8Array | "absent">([["/compose.yaml", bytes]]);
  for (;;) {
    const reading = readCompose({ path: "/compose.yaml", files, ownImage: "acme/disk-lens@sha256:0" });
    if (reading.needs.length === 0) return reading;
    for (const path of reading.needs) files.set(path, "absent");
  }
}

const service = (more: object) => ({ services: { app: { image: "$DESKTOP_PLUGIN_IMAGE", ...more } } });

/** Every path of a tree down to its leaves. */
function pathsOf(tree: KeyTree, path: string): string[] {
  return Object.entries(tree).flatMap(([key, below]) => {
    const here = path === "" ? key : `${path}.${key}`;
    return below === null ? [here] : [here, ...pathsOf(below, here)];
  });
}

const PATHS = [...pathsOf(PROJECT_KEYS, ""), ...pathsOf(SERVICE_KEYS, "services.*")];

describe("known keys", () => {
  test.each(PATHS.map((path) => [path]))("%s is known, and a misspelling beside it is not", (path) => {
    const keys = path.replaceAll("*", "app").split(".");
    const build = (last: string) =>
      [...keys.slice(0, -1), last].reduceRight<object>((below, key) => ({ [key]: below }), { y: "z" });
    const last = keys.at(-1) ?? "";
    const unknownKeys = (project: object) =>
      read(project).findings.filter(({ code, evidence }) => {
        return code === "compose_unknown_key" && String(evidence.at).split(".").length <= keys.length;
      });
    expect(unknownKeys(build(last))).toEqual([]);
    if (path.endsWith("*") || path === "services") return;
    expect(unknownKeys(build(`${last}zz`)).map(({ evidence }) => evidence.at)).toEqual([
      [...keys.slice(0, -1), `${last}zz`].join("."),
    ]);
  });

  test("keys with x- are everyone's own", () => {
    expect(
      read({ "x-a": 1, ...service({ "x-b": 1, build: { "x-c": 1 }, deploy: { "x-d": 1 } }) }).findings,
    ).toMatchObject([{ code: "compose_build" }]);
  });

  test("develop runs only during development", () => {
    const develop = { watch: [{ path: ".", action: "sync+exec", target: "/app", exec: { command: "x" } }] };
    const reading = read(service({ develop }));
    expect([reading.unknown, reading.findings]).toEqual([[], []]);
  });
});

describe("the table of new keys", () => {
  test.each(KEY_VERSIONS)("$key since $since has a source and is a known key", ({ key, since, source }) => {
    expect(PATHS).toContain(key.replace(/=.*$/, ""));
    expect(parseSemver(since)).toBeDefined();
    expect(source).toMatch(
      /^https:\/\/(?:docs\.docker\.com|github\.com\/(?:docker\/compose|compose-spec))\//,
    );
  });

  test("lists each key once", () => {
    expect(new Set(KEY_VERSIONS.map(({ key }) => key)).size).toBe(KEY_VERSIONS.length);
  });
});

describe("new keys of a project", () => {
  const found = (project: object) => read(project).newKeys.map(({ key, at, since }) => [key, at, since]);

  test.each([
    [
      service({ post_start: [{ command: "x" }] }),
      "services.*.post_start",
      "services.app.post_start",
      "2.30.0",
    ],
    [service({ gpus: "all" }), "services.*.gpus", "services.app.gpus", "2.30.0"],
    [service({ attach: false }), "services.*.attach", "services.app.attach", "2.20.0"],
    [
      service({ env_file: [{ path: "a.env", required: false }] }),
      "services.*.env_file.path",
      "services.app.env_file[0].path",
      "2.24.0",
    ],
    [
      service({ networks: { back: { interface_name: "eth1" } } }),
      "services.*.networks.*.interface_name",
      "services.app.networks.back.interface_name",
      "2.36.0",
    ],
    [
      service({ pull_policy: "every_12h" }),
      "services.*.pull_policy=every",
      "services.app.pull_policy",
      "2.34.0",
    ],
    [
      service({ volumes: [{ type: "image", source: "acme/data@sha256:0", target: "/d" }] }),
      "services.*.volumes.type=image",
      "services.app.volumes[0].type",
      "2.35.0",
    ],
    [
      { ...service({}), configs: { a: { content: "x" } } },
      "configs.*.content",
      "configs.a.content",
      "2.23.1",
    ],
    [{ ...service({}), include: [] }, "include", "include", "2.20.0"],
  ])("%j", (project, key, at, since) => {
    expect(found(project)).toContainEqual([key, at, since]);
  });

  test.each([
    [service({ env_file: "a.env" })],
    [service({ pull_policy: "missing" })],
    [service({ depends_on: ["db"], volumes: ["a:/b"], networks: ["x"] })],
  ])("%j has none", (project) => {
    expect(found(project)).toEqual([]);
  });

  test("counts places, and names the first", () => {
    const app = { image: "a@sha256:0", attach: true };
    expect(read({ services: { one: app, two: app, three: app } }).newKeys).toEqual([
      { key: "services.*.attach", at: "services.one.attach", since: "2.20.0", count: 3 },
    ]);
  });
});
