import { describe, expect, test } from "vitest";
import {
  mayBeChosen,
  normalizePlatform,
  type Platform,
  platformName,
  samePlatform,
} from "@/lib/extension/reference/platform";

describe("a platform has one spelling", () => {
  test.each([
    [{ os: "linux", architecture: "amd64" }, "linux/amd64"],
    [{ os: "Linux", architecture: "X86_64" }, "linux/amd64"],
    [{ os: "linux", architecture: "amd64", variant: "v1" }, "linux/amd64"],
    [{ os: "linux", architecture: "amd64", variant: "v3" }, "linux/amd64/v3"],
    [{ os: "linux", architecture: "arm64", variant: "v8" }, "linux/arm64"],
    [{ os: "linux", architecture: "arm64", variant: "8" }, "linux/arm64"],
    [{ os: "linux", architecture: "aarch64" }, "linux/arm64"],
    [{ os: "linux", architecture: "arm64", variant: "v9" }, "linux/arm64/v9"],
    [{ os: "linux", architecture: "arm", variant: "v7" }, "linux/arm"],
    [{ os: "linux", architecture: "armhf" }, "linux/arm"],
    [{ os: "linux", architecture: "arm", variant: "6" }, "linux/arm/v6"],
    [{ os: "linux", architecture: "armel" }, "linux/arm/v6"],
    [{ os: "linux", architecture: "armhf", variant: "v6" }, "linux/arm"],
    [{ os: "linux", architecture: "arm64", variant: "v8.0" }, "linux/arm64"],
    [{ os: "linux", architecture: "arm64", variant: "9.0" }, "linux/arm64/v9"],
    [{ os: "", architecture: "amd64" }, "linux/amd64"],
    [{ os: "L\u0130nux", architecture: "AMD64" }, "linux/amd64"],
    [{ os: "macos", architecture: "arm64" }, "darwin/arm64"],
    [{ os: "windows", architecture: "amd64" }, "windows/amd64"],
    [{ os: "unknown", architecture: "unknown" }, "unknown/unknown"],
  ])("%j is %s", (platform, name) => {
    expect(platformName(platform)).toBe(name);
    expect(normalizePlatform(normalizePlatform(platform))).toEqual(normalizePlatform(platform));
  });

  test("the default variant and none are the same platform, another variant is not", () => {
    expect(
      samePlatform(
        { os: "linux", architecture: "arm64" },
        { os: "linux", architecture: "arm64", variant: "v8" },
      ),
    ).toBe(true);
    expect(
      samePlatform({ os: "linux", architecture: "arm", variant: "v6" }, { os: "linux", architecture: "arm" }),
    ).toBe(false);
  });

  test("an absent variant is absent, not undefined or empty", () => {
    expect(Object.keys(normalizePlatform({ os: "linux", architecture: "arm64", variant: null }))).toEqual([
      "os",
      "architecture",
    ]);
  });
});

describe("a Docker Desktop could choose an image for", () => {
  const amd64 = { os: "linux", architecture: "amd64" };
  const arm64 = { os: "linux", architecture: "arm64" };

  test.each<
    [os: string, architecture: string, variant: string | undefined, listed: Platform[], may: boolean]
  >([
    ["linux", "amd64", undefined, [], true],
    ["linux", "amd64", "v4", [amd64], true],
    ["linux", "AArch64", "v9.5", [arm64], true],
    ["", "amd64", undefined, [], true],
    ["linux", "", undefined, [], true],
    ["unknown", "amd64", undefined, [], true],
    ["linux", "unknown", undefined, [], true],
    ["unknown", "unknown", undefined, [arm64], true],
    ["unknown", "amd64", undefined, [amd64], true],
    ["unknown", "unknown", undefined, [amd64, { ...arm64, variant: "v8" }], false],
    ["linux", "", undefined, [amd64, arm64], false],
    ["linux", "386", undefined, [arm64], true],
    ["linux", "i386", undefined, [amd64], false],
    ["linux", "386", undefined, [{ ...amd64, variant: "v2" }], true],
    ["linux", "arm", "v5", [amd64], true],
    ["linux", "armhf", undefined, [arm64], false],
    ["linux", "s390x", undefined, [], false],
    ["windows", "amd64", undefined, [], false],
    ["darwin", "arm64", undefined, [], false],
  ])("%s/%s %s beside %j: %s", (os, architecture, variant, others, may) => {
    const platform = variant === undefined ? { os, architecture } : { os, architecture, variant };
    expect(mayBeChosen(platform, others)).toBe(may);
  });

  test("no platform at all, only while the index lacks one that it expects", () => {
    expect(mayBeChosen(undefined, [])).toBe(true);
    expect(mayBeChosen(undefined, [arm64])).toBe(true);
    expect(mayBeChosen(undefined, [amd64, arm64])).toBe(false);
  });
});
