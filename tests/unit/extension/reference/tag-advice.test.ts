import { describe, expect, test } from "vitest";
import { channelOf, compareSemver, parseSemver, type SemVersion } from "@/lib/extension/reference/semver";
import { classifyTag, type VersionTag } from "@/lib/extension/reference/tag";
import { versionInsteadOf } from "@/lib/extension/reference/tag-advice";
import fc from "@/tests/builders/fast-check";

describe("the version to push instead", () => {
  test.each([
    ["1.2.3.4", "1.2.4"],
    ["v1.2.3.4", "v1.2.4"],
    ["1.2.3.0", "1.2.3"],
    ["0.0.23.5", "0.0.24"],
    ["1.2.3.4.5", "1.2.4"],
    ["1.2", "1.2.0"],
    ["v1", "v1.0.0"],
    ["1.2.x", "1.2.0"],
    ["1.2-3", "1.2.1"],
    ["1-2", "1.0.1"],
    ["01.2.3", "1.2.3"],
    ["24.04.1", "24.4.1"],
    ["1.2.3_4", "1.2.4"],
    ["1.2.3+build", "1.2.4"],
    ["1.2.3-01", "1.2.4"],
    ["1.2.3-", "1.2.3"],
    ["release-1.2.3", "1.2.3"],
    ["release-1.2", "1.2.0"],
    ["V1.2.3", "1.2.3"],
    ["v.1.2.3", "1.2.3"],
    ["disk-lens2-v1.2.3", "1.2.3"],
    ["win32-1.2", "1.2.0"],
    ["arm64-2", "2.0.0"],
    ["2024-05-01", "2024.5.1"],
    ["v20240501", "v2024.5.1"],
    ["1.2.3rc1", "1.2.3-rc.1"],
    ["v1.2.3-rc.1_7", "v1.2.3-rc.2"],
    ["1.2-beta", "1.2.0-beta"],
    ["1.2.3.4-rc2", "1.2.4-rc.2"],
    ["1.2.3-rc.01", "1.2.3-rc.1"],
    ["latest", undefined],
  ])("%s → %s", (tag, version) => {
    expect(versionInsteadOf(tag)).toBe(version);
  });

  test("a number that is no version is not repeated as one", () => {
    for (const tag of ["pr-17", "ubuntu-22.04", "build-1234"]) {
      const found = classifyTag(tag);
      expect(found.kind === "skipped" && found.message).toContain("such as “1.2.0”");
    }
  });
});

const number = fc.integer({ min: 0, max: 9_999 }).map(String);
const padded = fc.tuple(fc.constantFrom("", "0", "00"), number).map((parts) => parts.join(""));
const core = fc.array(padded, { minLength: 1, maxLength: 6 });
const odd = fc.record({
  prefix: fc.constantFrom("", "v", "V", "release-", "v.", "mac-", "app_", "win32-"),
  numbers: core,
  suffix: fc.constantFrom("", "_4", "+build", "-01", "-", "_build.7", ".x", "-..", "_20240501"),
});

/** The numbers that the publisher wrote, as the lowest version that they can mean. */
function meant(numbers: readonly string[]): SemVersion {
  const [major, minor = 0n, patch = 0n] = numbers.map(BigInt);
  const version = parseSemver(`${major}.${minor}.${patch}`);
  if (version === undefined) throw new Error(numbers.join("."));
  return version;
}

/** Every version that a message advises, in quotation marks or in a command. */
function advised(message: string): VersionTag[] {
  const words = [...message.slice(message.indexOf("was skipped")).matchAll(/“([^”]*)”|index as ([^ ]+):/g)];
  return words.flatMap(([, quoted, command]) => {
    const found = classifyTag(quoted ?? command ?? "");
    return found.kind === "version" ? [found] : [];
  });
}

describe("any advice", () => {
  test("is a stable version that is not lower than the numbers of the tag", () => {
    fc.assert(
      fc.property(odd, ({ prefix, numbers, suffix }) => {
        const found = classifyTag(`${prefix}${numbers.join(".")}${suffix}`);
        if (found.kind === "version" || found.reason === "date" || found.reason === "digest_like") return;
        // What does not read like a version gets an example, not advice.
        const isOther = found.reason === "not_semver" || found.reason === "invalid_tag";
        if (isOther && !["", "v", "release-"].includes(prefix)) return;
        const versions = advised(found.message);
        expect(versions, found.message).toHaveLength(1);
        for (const { version } of versions) {
          expect(channelOf(version), found.message).toBe("stable");
          expect(compareSemver(version, meant(numbers)), found.message).not.toBe(-1);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test("is a prerelease only for a tag that says that it is one", () => {
    fc.assert(
      fc.property(core, fc.constantFrom("rc1", "-beta.02", "_alpha", "-rc..1"), (numbers, suffix) => {
        const found = classifyTag(`${numbers.join(".")}${suffix}`);
        if (found.kind === "version") return;
        for (const { version } of advised(found.message)) {
          const released = parseSemver(version.text.replace(/-.*/, ""));
          expect(released && compareSemver(released, meant(numbers)), found.message).not.toBe(-1);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test("of a real date is that day", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1990-01-01"), max: new Date("2090-01-01"), noInvalidDate: true }),
        (day) => {
          const [iso = ""] = day.toISOString().split("T");
          for (const tag of [iso, iso.replaceAll("-", ""), iso.replaceAll("-", ".")])
            expect(versionInsteadOf(tag)).toBe(iso.split("-").map(Number).join("."));
        },
      ),
    );
  });
});
