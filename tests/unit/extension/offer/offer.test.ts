import { describe, expect, test } from "vitest";
import { type Host, minimumDesktop, prepareReleases } from "@/lib/extension/desktop/desktop-release";
import { latestOf, type OfferAnswer, offerFor } from "@/lib/extension/offer/offer";
import { type OfferableVersion, prepareVersions } from "@/lib/extension/offer/offerable-version";
import { DEFAULT_POLICY } from "@/lib/extension/policy/policy";
import { parseRequirement } from "@/lib/extension/requirement/requirement";
import { versionOf } from "@/lib/extension/requirement/version-line";
import { RELEASES } from "@/tests/builders/desktop-releases";
import { offerable } from "@/tests/builders/offerable-versions";

const NEWEST = "This is the latest version.";

describe("who gets what", () => {
  const history = [
    offerable("1.0.0", ">= 0.2.3"),
    offerable("1.10.0", ">= 0.3.0"),
    offerable("1.9.0", "0.3.0"),
    offerable("2.0.0", ">= 0.4.2"),
    offerable("2.1.0-rc.1", ">= 0.4.2"),
  ];

  test.each([
    ["4.44.0", "2.0.0", "inferred", "newest", NEWEST],
    ["4.60.0", "2.0.0", "assumed", "newest", NEWEST],
    [
      "4.18.0",
      "1.10.0",
      "verified",
      "needs_newer_desktop",
      "Version 2.0.0 requires Docker Desktop 4.44 or later.",
    ],
    [
      "4.12.0",
      "1.0.0",
      "verified",
      "needs_newer_desktop",
      "Version 2.0.0 requires Docker Desktop 4.44 or later.",
    ],
    [
      "4.42.0",
      "1.10.0",
      "assumed",
      "unknown_desktop",
      expect.stringMatching(/^Version 2\.0\.0 may not work with/),
    ],
  ])("Docker Desktop %s gets %s (%s)", (desktop, tag, confidence, code, message) => {
    const answer = ask(history, { desktop });
    expect(answer.offer).toEqual({ tag, version: tag, digest: `sha256:${tag}`, confidence, warnings: [] });
    expect(answer.newest).toEqual({ tag: "2.0.0", version: "2.0.0", digest: "sha256:2.0.0" });
    expect(answer.reason).toMatchObject({ code, message });
  });

  test.each([
    [
      "needs_newer_desktop",
      [offerable("2.0.0", ">= 0.4.2")],
      { desktop: "4.18.0" },
      "Requires Docker Desktop 4.44 or later.",
    ],
    [
      "needs_newer_desktop",
      [offerable("2.0.0", ">= 0.3.1")],
      { api: "0.3.0" },
      "Requires Docker Desktop 4.16.1 or later.",
    ],
    [
      "needs_older_desktop",
      [offerable("2.0.0", "< 0.4")],
      { desktop: "4.44.0" },
      "Requires Docker Desktop 4.41.2 or earlier.",
    ],
    [
      "needs_older_desktop",
      [offerable("2.0.0", "< 0.3")],
      { desktop: "4.60.0" },
      "Requires Docker Desktop 4.12 or earlier.",
    ],
    [
      "never_compatible",
      [offerable("2.0.0", ">= 1.4.7")],
      { desktop: "4.44.0" },
      "Requires Extension API >= 1.4.7, which no known Docker Desktop release supports.",
    ],
    [
      "unknown_desktop",
      [offerable("2.0.0", "1.0.1")],
      { desktop: "4.60.0" },
      "May not work with Docker Desktop 4.60.0, whose Extension API is 0.4.2 or later: it requires >= 1.0.1.",
    ],
    [
      "unknown_desktop",
      [offerable("2.0.0", ">= 0.4.0")],
      { desktop: "4.43.0" },
      "May not work with Docker Desktop 4.43.0, whose Extension API is between 0.3.4 and 0.4.2: it requires >= 0.4.0.",
    ],
    ["unknown_desktop", [offerable("2.0.0")], {}, "The Docker Desktop version is unknown."],
    [
      "requirement_unreadable",
      [offerable("2.0.0", "")],
      { desktop: "4.44.0" },
      "Does not state a valid Extension API requirement.",
    ],
    ["requirement_unreadable", [offerable("2.0.0", null)], { desktop: "4.44.0" }, expect.any(String)],
    [
      "requirement_unreadable",
      [offerable("2.0.0", ">= 0.2", { requirements: [] })],
      { desktop: "4.44.0" },
      expect.any(String),
    ],
    [
      "no_platform",
      [offerable("2.0.0", ">= 0.2", { platforms: [{ os: "linux", architecture: "arm64", variant: "v8" }] })],
      { desktop: "4.44.0" },
      "Is not available for linux/amd64.",
    ],
    [
      "prerelease_only",
      [offerable("0.1.0-alpha"), offerable("0.1.0-beta")],
      { desktop: "4.44.0" },
      "There is no stable version yet. The latest prerelease is 0.1.0-beta.",
    ],
    ["nothing_offerable", [], { desktop: "4.44.0" }, "No version is currently available."],
  ])("%s is said when nothing can be offered", (code, versions, host, message) => {
    const answer = ask(versions, host);
    expect(answer.offer).toBeNull();
    expect(answer.reason).toMatchObject({ code, message });
  });

  test("the needed Desktop release is given for programs, too", () => {
    expect(ask(history, { desktop: "4.18.0" }).reason).toHaveProperty("minimumDesktop", "4.44.0");
    expect(ask([offerable("1.0.0", "< 0.3")], { desktop: "4.44.0" }).reason).toHaveProperty(
      "maximumDesktop",
      "4.12.0",
    );
  });

  test("where nothing fits, the Desktop release is named that changes that soonest", () => {
    const versions = [...history, offerable("9.9.9", ">= 1.4.7")].filter(({ tag }) => tag !== "1.0.0");
    const answer = ask(versions, { desktop: "4.9.0" });
    expect(answer).toMatchObject({ offer: null, newest: { tag: "9.9.9" } });
    expect(answer.reason).toEqual({
      code: "needs_newer_desktop",
      message: expect.stringMatching(/^Version 1\.10\.0 requires Docker Desktop 4\.\d+(\.\d+)? or later\.$/),
      minimumDesktop: minimumDesktop(parseRequirement(">= 0.3.0"), RELEASES, "minimum"),
    });
  });

  test("a wrong high version does not hide the good ones", () => {
    const answer = ask([...history, offerable("9.9.9", ">= 1.4.7")], { desktop: "4.44.0" });
    expect(answer.offer?.tag).toBe("2.0.0");
    expect(answer.reason).toEqual({
      code: "never_compatible",
      message:
        "Version 9.9.9 requires Extension API >= 1.4.7, which no known Docker Desktop release supports.",
    });
  });

  test("the prerelease channel includes stable versions, the stable one no prereleases", () => {
    expect(ask(history, { desktop: "4.44.0", channel: "prerelease" }).offer?.tag).toBe("2.1.0-rc.1");
    expect(
      ask([...history, offerable("2.1.0")], { desktop: "4.44.0", channel: "prerelease" }).offer?.tag,
    ).toBe("2.1.0");
    expect(ask(history, { desktop: "4.44.0", channel: "stable" }).offer?.tag).toBe("2.0.0");
  });

  test("an architecture gets the newest version that is built for it", () => {
    const amd64Only = offerable("3.0.0", ">= 0.2.3", { platforms: [{ os: "linux", architecture: "amd64" }] });
    const answer = ask([...history, amd64Only], { desktop: "4.44.0", architecture: "aarch64" });
    expect(answer.offer?.tag).toBe("2.0.0");
    expect(answer.reason).toEqual({
      code: "no_platform",
      message: "Version 3.0.0 is not available for linux/arm64.",
    });
    expect(ask([amd64Only], { desktop: "4.44.0", architecture: "x86_64" }).offer?.tag).toBe("3.0.0");
  });

  test("an image for windows containers is nobody's platform", () => {
    const windows = offerable("1.0.0", ">= 0.2", {
      platforms: [{ os: "windows", architecture: "amd64", variant: null }],
    });
    expect(ask([windows], { desktop: "4.44.0", os: "windows" }).reason.code).toBe("no_platform");
  });

  test("labels that differ between platforms must all be satisfied on each of them", () => {
    const requirements = [
      { platform: "linux/amd64", raw: ">= 0.2.3" },
      { platform: "linux/arm64", raw: ">= 0.4.2" },
    ];
    const answer = ask([offerable("1.0.0", null, { requirements })], {
      desktop: "4.18.0",
      architecture: "amd64",
    });
    expect(answer.reason).toMatchObject({ code: "needs_newer_desktop", minimumDesktop: "4.44.0" });
  });

  test("missing host binaries are a warning, and only for the OS that was told", () => {
    const hostBinaries = { darwin: ["/mac/tool"], linux: ["/linux/tool"], windows: [] };
    const versions = [offerable("1.0.0", ">= 0.2.3", { hostBinaries })];
    expect(ask(versions, { desktop: "4.44.0", os: "windows" }).offer?.warnings).toEqual([
      {
        code: "no_host_binaries",
        message: "The extension has no host files for windows, so some features may not work.",
      },
    ]);
    expect(ask(versions, { desktop: "4.44.0", os: "darwin" }).offer?.warnings).toEqual([]);
    expect(ask(versions, { desktop: "4.44.0" }).offer?.warnings).toEqual([]);
  });

  test("one version under two tags with different digests is offered by its plain tag", () => {
    const prefixed = offerable("1.0.0", ">= 0.2.3", { tag: "v1.0.0", digest: "sha256:other" });
    const plain = offerable("1.0.0");
    for (const versions of [
      [prefixed, plain],
      [plain, prefixed],
    ]) {
      expect(ask(versions, { desktop: "4.44.0" })).toMatchObject({
        offer: { tag: "1.0.0" },
        reason: { code: "newest" },
      });
    }
  });

  test("a bare requirement follows the policy", () => {
    const exact = offerFor(history, { desktop: "4.13.0", architecture: "amd64" }, RELEASES, {
      bareApiVersion: "exact",
    });
    expect(exact.offer?.tag).toBe("1.10.0");
    const bare = [offerable("1.0.0", "0.3.0")];
    const ofPolicy = (bareApiVersion: "minimum" | "exact") =>
      offerFor(bare, { desktop: "4.44.0", architecture: "amd64" }, RELEASES, { bareApiVersion });
    expect(ofPolicy("minimum").offer?.tag).toBe("1.0.0");
    expect(ofPolicy("exact").reason).toMatchObject({ code: "needs_older_desktop", maximumDesktop: "4.14.0" });
  });

  test("numbers of any size are in order", () => {
    const versions = ["9007199254740993.0.0", "9007199254740992.0.0", "9007199254740992.9.0"].map((v) =>
      offerable(v),
    );
    expect(ask(versions, { desktop: "4.44.0" }).offer?.tag).toBe("9007199254740993.0.0");
  });

  test("a version that is not semver is a mistake of the caller", () => {
    expect(() => ask([offerable("1.0")], { desktop: "4.44.0" })).toThrow("is not a semantic version");
  });

  test("prepared versions and releases answer like plain ones", () => {
    const prepared = prepareVersions(history);
    expect(prepareVersions(prepared)).toBe(prepared);
    const parsed = [offerable("1.0.0", ">= 0.2.3", { version: versionOf(1n, 0n, 0n) })];
    expect(ask(parsed, { desktop: "4.44.0" })).toEqual(ask([offerable("1.0.0")], { desktop: "4.44.0" }));
    const host: Host = { desktop: "4.18.0", architecture: "arm64" };
    expect(offerFor(prepared, host, prepareReleases(RELEASES), DEFAULT_POLICY)).toEqual(ask(history, host));
  });
});

describe("the latest version", () => {
  test.each([
    ["the newest stable one", ["1.0.0", "1.2.0", "1.10.0", "2.0.0-rc.1"], [], "1.10.0", "2.0.0-rc.1"],
    [
      "not one that no known Desktop runs",
      ["1.0.0", "2.6.5", "2.7.0-rc.1"],
      ["2.6.5"],
      "1.0.0",
      "2.7.0-rc.1",
    ],
    [
      "the newest all the same when no Desktop runs any",
      ["1.0.0", "1.1.0"],
      ["1.0.0", "1.1.0"],
      "1.1.0",
      null,
    ],
    ["none when all are prereleases", ["1.0.0-rc.1", "1.0.0-rc.2"], ["1.0.0-rc.2"], null, "1.0.0-rc.1"],
    ["none when there is nothing", [], [], null, null],
  ])("is %s", (_what, texts: string[], never: string[], latest, latestPrerelease) => {
    const versions = texts.map((text) => offerable(text, never.includes(text) ? ">= 1.4.7" : ">= 0.3.0"));
    const answer = latestOf(versions, RELEASES, DEFAULT_POLICY);
    expect(answer.latest?.tag ?? null).toBe(latest);
    expect(answer.latestPrerelease?.tag ?? null).toBe(latestPrerelease);
  });

  test("is never one whose requirement cannot be read while another one can run", () => {
    const versions = [offerable("2.0.0", ""), offerable("1.0.0")];
    expect(latestOf(versions, RELEASES, DEFAULT_POLICY).latest?.tag).toBe("1.0.0");
  });

  test("is the newest stable one without any release on record", () => {
    expect(latestOf([offerable("1.0.0"), offerable("2.0.0")], [], DEFAULT_POLICY).latest?.tag).toBe("2.0.0");
  });
});

function ask(versions: readonly OfferableVersion[], host: Partial<Host>): OfferAnswer {
  return offerFor(versions, { architecture: "amd64", ...host }, RELEASES, DEFAULT_POLICY);
}
