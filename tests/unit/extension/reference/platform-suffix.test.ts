import { describe, expect, test } from "vitest";
import { classifyTag } from "@/lib/extension/reference/tag";
import { candidateTag } from "@/lib/extension/reference/tag-list";

describe("a tag for one platform is not a version; the message names the version to push as one index", () => {
  test.each([
    ["1.1.0-amd64", "1.1.0"],
    ["1.1.0-arm64", "1.1.0"],
    ["v1.1.0-arm64", "v1.1.0"],
    ["1.1.0-AMD64", "1.1.0"],
    ["1.1.0-linux-amd64", "1.1.0"],
    ["1.1.0-linux.arm64", "1.1.0"],
    ["1.1.0-linux_arm64", "1.1.0"],
    ["1.1.0-linux-386", "1.1.0"],
    ["1.1.0_amd64", "1.1.0"],
    ["1.1.0.amd64", "1.1.0"],
    ["1.1.0-arm64v8", "1.1.0"],
    ["1.1.0-arm64-v8", "1.1.0"],
    ["1.1.0-arm32v7", "1.1.0"],
    ["1.1.0-armv7", "1.1.0"],
    ["1.1.0-arm-v7", "1.1.0"],
    ["1.1.0-x86_64", "1.1.0"],
    ["1.1.0-x86-64", "1.1.0"],
    ["1.1.0-linux-x86_64", "1.1.0"],
    ["1.1.0-aarch64", "1.1.0"],
    ["1.1.0-x64", "1.1.0"],
    ["1.1.0-s390x", "1.1.0"],
    ["1.1.0-rc.1-arm64", "1.1.0-rc.1"],
    ["1.1.0-rc.1.amd64", "1.1.0-rc.1"],
    ["1.1.0-arm64-rc.1", "1.1.0-rc.1"],
    ["1.1.0-windows", "1.1.0"],
    ["1.1.0-windows-ltsc2022", "1.1.0"],
    ["1.1.0-windows-1809", "1.1.0"],
    ["1.1.0-darwin-arm64", "1.1.0"],
    ["1.1.0-macos", "1.1.0"],
    ["1.1.0-alpine-arm64", "1.1.0-alpine"],
    ["1.1-amd64", "1.1.0"],
    ["v1-arm64", "v1.0.0"],
    ["1.1.0.4-amd64", "1.1.1"],
  ])("%s → %s", (tag, version) => {
    const found = classifyTag(tag);
    expect(found).toMatchObject({ kind: "skipped", reason: "platform_suffix_tag" });
    const message = found.kind === "skipped" ? found.message : "";
    expect(message).toContain(`push one index as ${version}:`);
    expect(message).toContain(
      `docker buildx imagetools create --tag REPOSITORY:${version} REPOSITORY:${tag} `,
    );
    expect(classifyTag(version).kind).toBe("version");
  });

  test.each([
    "1.1.0-alpine",
    "1.1.0-386",
    "1.1.0-rc.386",
    "1.1.0-alpha",
    "1.1.0-armada",
    "1.1.0-m1",
    "1.1.0-charm64",
    "1.1.0-beta.x86x",
    "1.1.0-winter",
    "1.1.0",
  ])("%s is a version", (tag) => {
    expect(classifyTag(tag).kind).toBe("version");
  });

  test("it is never the candidate, also when it is the only one", () => {
    expect(candidateTag(["1.0.0-rc.1", "1.1.0-amd64", "1.1.0-arm64"])).toBe("1.0.0-rc.1");
    expect(candidateTag(["1.1.0-amd64", "1.1.0-arm64"])).toBeUndefined();
  });
});
