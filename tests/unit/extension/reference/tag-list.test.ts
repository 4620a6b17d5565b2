import { describe, expect, test } from "vitest";
import { type Digest, parseDigest } from "@/lib/extension/reference/digest";
import { compareSemver } from "@/lib/extension/reference/semver";
import { arrangeTags, candidateTag, skippedTags } from "@/lib/extension/reference/tag-list";
import fc from "@/tests/builders/fast-check";

function digest(letter: string): Digest {
  const parsed = parseDigest(`sha256:${letter.repeat(64)}`);
  if (parsed === undefined) throw new Error(`${letter} is no hexadecimal digit`);
  return parsed;
}

function arrange(tags: [string, string][]) {
  const { versions, collisions } = arrangeTags(
    tags.map(([tag, letter]) => ({ tag, digest: digest(letter) })),
  );
  return {
    versions: versions.map((version) => [version.tag, version.digest.at(-1), version.aliases]),
    collisions: collisions.map(({ kept, dropped }) => [kept.tag, dropped.tag]),
  };
}

describe("versions come newest first", () => {
  test("by precedence, not by text or order of the list", () => {
    const { versions } = arrange([
      ["1.9.0", "1"],
      ["1.10.0", "2"],
      ["2.0.0-rc.1", "3"],
      ["1.0.0", "4"],
      ["2.0.0-beta.11", "5"],
      ["2.0.0-beta.2", "6"],
    ]);
    expect(versions.map(([tag]) => tag)).toEqual([
      "2.0.0-rc.1",
      "2.0.0-beta.11",
      "2.0.0-beta.2",
      "1.10.0",
      "1.9.0",
      "1.0.0",
    ]);
  });

  test("one image under five tags is one version with four aliases", () => {
    expect(
      arrange([
        ["latest", "a"],
        ["1", "a"],
        ["v1.2.3", "a"],
        ["1.2.3", "a"],
        ["1.2", "a"],
      ]),
    ).toEqual({ versions: [["1.2.3", "a", ["v1.2.3", "latest", "1", "1.2"]]], collisions: [] });
  });

  test("a name such as latest stands at the newest version of its image only", () => {
    const { versions } = arrange([
      ["1.0.0", "a"],
      ["latest", "a"],
      ["1.1.0", "a"],
      ["1.2.0", "b"],
    ]);
    expect(versions).toEqual([
      ["1.2.0", "b", []],
      ["1.1.0", "a", ["latest"]],
      ["1.0.0", "a", []],
    ]);
  });

  test("a v tag alone is the version's tag", () => {
    expect(arrange([["v1.2.3", "a"]]).versions).toEqual([["v1.2.3", "a", []]]);
  });

  test("two versions with the same image stay two versions", () => {
    expect(
      arrange([
        ["1.0.0", "a"],
        ["1.0.1", "a"],
      ]).versions,
    ).toEqual([
      ["1.0.1", "a", []],
      ["1.0.0", "a", []],
    ]);
  });

  test.each([
    [
      [
        ["1.2.3", "a"],
        ["v1.2.3", "b"],
      ] satisfies [string, string][],
    ],
    [
      [
        ["v1.2.3", "b"],
        ["1.2.3", "a"],
      ] satisfies [string, string][],
    ],
  ])("1.2.3 and v1.2.3 with different images: the plain one counts, the other is reported (%j)", (tags) => {
    expect(arrange(tags)).toEqual({ versions: [["1.2.3", "a", []]], collisions: [["1.2.3", "v1.2.3"]] });
  });

  test("a tag that stands twice counts once, with its first digest", () => {
    expect(
      arrange([
        ["1.0.0", "a"],
        ["1.0.0", "b"],
      ]),
    ).toEqual({ versions: [["1.0.0", "a", []]], collisions: [] });
  });

  test("nothing but names gives no version", () => {
    expect(
      arrange([
        ["latest", "a"],
        ["main", "b"],
      ]),
    ).toEqual({ versions: [], collisions: [] });
  });

  test("every version stands once, in falling order, and every version tag is its tag, an alias or a collision", () => {
    const tag = fc
      .tuple(
        fc.constantFrom("", "v"),
        fc.nat({ max: 2 }),
        fc.nat({ max: 2 }),
        fc.constantFrom("", "-rc.1", "-rc.2"),
      )
      .map(([v, minor, patch, pre]) => `${v}1.${minor}.${patch}${pre}`);
    const listed = fc.tuple(
      fc.oneof(tag, fc.constantFrom("latest", "1", "mac-1.2.0")),
      fc.constantFrom("a", "b", "c"),
    );
    fc.assert(
      fc.property(fc.array(listed, { maxLength: 20 }), (tags) => {
        const { versions, collisions } = arrangeTags(
          tags.map(([name, letter]) => ({ tag: name, digest: digest(letter) })),
        );
        for (const [index, { version }] of versions.entries()) {
          const next = versions[index + 1];
          if (next !== undefined) expect(compareSemver(version, next.version)).toBe(1);
        }
        const placed = new Set([
          ...versions.flatMap((version) => [version.tag, ...version.aliases]),
          ...collisions.map(({ dropped }) => dropped.tag),
        ]);
        for (const [name] of tags) if (/^v?1\.\d/.test(name)) expect(placed).toContain(name);
      }),
      { numRuns: 1000 },
    );
  });

  test("a hundred thousand names of one image are the aliases of one version", () => {
    const versions = ["1.0.0", "1.0.1"].concat(Array.from({ length: 20_000 }, (_, index) => `0.0.${index}`));
    const names = Array.from({ length: 20_000 }, (_, index) => `pr-${index}`);
    const arranged = arrangeTags([...versions, ...names].map((tag) => ({ tag, digest: digest("a") })));
    expect(arranged.versions.filter(({ aliases }) => aliases.length > 0)).toMatchObject([{ tag: "1.0.1" }]);
    expect(arranged.versions[0]?.aliases).toHaveLength(20_000);
  });

  test("a hundred thousand tags are arranged in one go", () => {
    const tags = Array.from({ length: 100_000 }, (_, index) => ({
      tag: `${index % 50}.${index % 1000}.${index}`,
      digest: digest((index % 16).toString(16)),
    }));
    expect(arrangeTags(tags).versions).toHaveLength(100_000);
  });
});

describe("the candidate is the greatest stable version, else the greatest prerelease", () => {
  test.each([
    [["1.0.0", "1.1.0", "2.0.0-rc.1", "latest"], "1.1.0"],
    [["2.0.0-rc.2", "2.0.0-rc.10", "main"], "2.0.0-rc.10"],
    [["v1.1.0", "1.1.0"], "1.1.0"],
    [["1.1.0", "v1.1.0"], "1.1.0"],
    [["v1.1.0", "1.0.9"], "v1.1.0"],
    [["9007199254740993.0.0", "9007199254740992.0.0"], "9007199254740993.0.0"],
    [["latest", "1.2", "mac-1.2.0"], undefined],
    [[], undefined],
  ])("%j: %s", (tags, candidate) => {
    expect(candidateTag(tags)).toBe(candidate);
  });
});

test("skipped tags carry their reasons, each once, in the order given", () => {
  const skipped = skippedTags(["1.0.0", "latest", "mac-1.2.0", "latest", "v2.0.0"]);
  expect(skipped.map(({ tag, reason }) => [tag, reason])).toEqual([
    ["latest", "moving_name"],
    ["mac-1.2.0", "platform_prefix_tag"],
  ]);
});
