import { describe, expect, test } from "vitest";
import { composeVersionFindings } from "@/lib/extension/desktop/compose-version-findings";
import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";

function release(version: string, apiVersion: string | null, composeVersion: string | null): DesktopRelease {
  const release = { version, releasedOn: null, apiVersion, composeVersion, source: "test" };
  return { ...release, confidence: "verified" };
}

const RELEASES = [
  release("4.8.0", "0.2.3", "2.5.0"),
  release("4.16.0", "0.3.3", "2.15.1"),
  release("4.17.0", "0.3.4", null),
  release("4.18.0", "0.3.4", "2.17.2"),
  release("4.36.0", "0.3.4", "2.30.3"),
  release("4.41.0", "0.3.4", "2.35.1"),
  release("4.44.0", "0.4.2", null),
  release("4.45.0", "0.4.2", "2.39.2"),
];

function findings(requirement: string | null, ...newKeys: [key: string, since: string][]) {
  const compose = {
    newKeys: newKeys.map(([key, since]) => ({ key, at: key.replaceAll("*", "app"), since, count: 1 })),
  };
  return composeVersionFindings({ requirements: [{ raw: requirement }], compose }, RELEASES, "minimum");
}

describe("keys newer than the Docker Compose of the oldest admitted Docker Desktop", () => {
  test("names key, service and versions, and what would be enough", () => {
    const [finding] = findings(">= 0.3.3", ["services.*.post_start", "2.30.0"]);
    expect(finding).toMatchObject({ code: "compose_key_too_new", severity: "warning" });
    expect(finding?.message).toBe(
      "“services.app.post_start” requires Docker Compose 2.30.0, but the required API version also admits Docker Desktop 4.16, which contains Docker Compose 2.15.1.",
    );
    expect(finding?.suggestion).toContain('version=">= 0.4.2"');
    expect(finding?.suggestion).toContain("Docker Desktop 4.36 and later have it.");
  });

  test("an unknown version is at most that of the next release", () => {
    const [finding] = findings(">= 0.3.4", ["include", "2.20.0"]);
    expect(finding?.message).toContain("Docker Desktop 4.17, which contains at most Docker Compose 2.17.2");
  });

  test.each([
    ["what the oldest has", ">= 0.3.3", "services.*.uts", "2.15.1"],
    [
      "what could be in a release whose version is unknown",
      ">= 0.3.4",
      "services.*.depends_on.*.restart",
      "2.17.0",
    ],
    ["what every admitted release has", ">= 0.4.2", "services.*.provider", "2.36.0"],
    ["a requirement that nothing satisfies", ">= 9.0.0", "include", "2.20.0"],
    ["a missing requirement", null, "include", "2.20.0"],
  ])("says nothing of %s", (_, requirement, key, since) => {
    expect(findings(requirement, [key, since])).toEqual([]);
  });

  test("a key that no Extension API version guarantees is to be left out", () => {
    const [finding] = findings(">= 0.4.2", ["services.*.future", "2.40.0"]);
    expect(finding?.suggestion).toMatch(/^Do without the key\. No known Docker Desktop has it\.$/);
  });

  test("nested keys, and one name at two levels, are one finding", () => {
    const nested = findings(
      ">= 0.3.3",
      ["services.*.develop", "2.22.0"],
      ["services.*.develop.watch.exec", "2.32.2"],
    );
    expect(nested.map(({ evidence }) => evidence.since)).toEqual(["2.32.2"]);
    expect(findings(">= 0.3.3", ["models", "2.38.0"], ["services.*.models", "2.38.0"])).toHaveLength(1);
  });

  test("reports of older inspectors, and images without a compose file, have none", () => {
    const requirements = [{ raw: ">= 0.3.3" }];
    expect(composeVersionFindings({ requirements, compose: null }, RELEASES, "minimum")).toEqual([]);
    expect(composeVersionFindings({ requirements, compose: {} }, RELEASES, "minimum")).toEqual([]);
  });
});
