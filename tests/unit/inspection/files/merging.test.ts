import { describe, expect, test } from "vitest";
import { makeFinding } from "@/lib/extension/findings/finding";
import { distinctFindings } from "@/lib/inspection/distinct-findings";

describe("findings are told once", () => {
  const layer = (name: string, platform: string) => makeFinding("layer_foreign", { layer: name, platform });
  test("what is the same on several platforms, for the first of them", () => {
    const findings = [layer("a", "linux/amd64"), layer("a", "linux/arm64"), layer("b", "linux/arm64")];
    expect(distinctFindings(findings)).toEqual([findings[0], findings[2]]);
  });

  test("comparisons of platforms are kept apart", () => {
    const differ = (otherPlatform: string) =>
      makeFinding("label_divergence", { label: "x", platform: "linux/amd64", otherPlatform });
    expect(
      distinctFindings([differ("linux/arm64"), differ("linux/s390x"), differ("linux/arm64")]),
    ).toHaveLength(2);
  });

  test("what is wrong with several platforms, for each of them", () => {
    const findings = (
      ["platform_foreign", "platform_unreadable", "backend_image_platform_missing"] as const
    ).flatMap((code) =>
      ["linux/s390x", "linux/riscv64"].map((platform) =>
        makeFinding(code, { platform, why: "x", image: "y" }),
      ),
    );
    expect(distinctFindings([...findings, ...findings])).toEqual(findings);
  });

  test("a flood is bounded", () => {
    const flood = Array.from({ length: 500 }, (_, at) => layer(`${at}`, "linux/amd64"));
    expect(distinctFindings([...flood, makeFinding("metadata_missing")])).toHaveLength(21);
  });
});
