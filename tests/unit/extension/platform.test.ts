import { describe, expect, test } from "vitest";
import { normalisePlatform, platformName, samePlatform } from "@/lib/extension/platform";

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
    [{ os: "macos", architecture: "arm64" }, "darwin/arm64"],
    [{ os: "windows", architecture: "amd64" }, "windows/amd64"],
    [{ os: "unknown", architecture: "unknown" }, "unknown/unknown"],
  ])("%j is %s", (platform, name) => {
    expect(platformName(platform)).toBe(name);
    expect(normalisePlatform(normalisePlatform(platform))).toEqual(normalisePlatform(platform));
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
    expect(Object.keys(normalisePlatform({ os: "linux", architecture: "arm64", variant: null }))).toEqual([
      "os",
      "architecture",
    ]);
  });
});
