import { expect, test } from "vitest";
import { postRelease } from "@/lib/extension/reference/post-release";
import {
  findingsAboutCandidate,
  findingsAboutTag,
  tagListFacts,
} from "@/lib/extension/reference/tag-list-facts";

test.each([
  [["v0.8.173", "v0.8.174-1", "v0.8.176-5"], "v0.8.176-5", "v0.8.173"],
  [["1.2.3", "1.2.3-1"], "1.2.3-1", "1.2.3"],
  [["1.2.3-1", "1.2.3-2"], "1.2.3-2", null],
  [["1.2.3", "1.2.4-r2"], "1.2.4-r2", "1.2.3"],
  [["1.2.3", "1.2.3-patch.1"], "1.2.3-patch.1", "1.2.3"],
  [["1.2.3", "1.2.3-20240501"], "1.2.3-20240501", "1.2.3"],
  [["1.3.0", "1.2.3-1"], undefined, undefined],
  [["1.2.3", "1.3.0-rc.1", "1.3.0-0", "1.3.0-beta"], undefined, undefined],
  [["latest", "1.2.3-amd64"], undefined, undefined],
])("of %j, %s is a later build that stable users do not get", (tags, tag, stable) => {
  expect(postRelease(tags)?.tag).toBe(tag);
  expect(postRelease(tags)?.stable).toBe(stable);
});

test("the note is on the tag itself and on the version where stable users stay", () => {
  const facts = tagListFacts(["v0.8.172", "v0.8.173", "v0.8.174-1", "v0.8.176-5"]);
  for (const tag of ["v0.8.173", "v0.8.176-5"]) {
    const [finding] = findingsAboutTag(tag, facts);
    expect(finding).toMatchObject({ code: "post_release_tag", severity: "info" });
    expect(finding?.message).toBe(
      "The tag “v0.8.176-5” is a prerelease: semver orders it before v0.8.176, so users of stable versions are not offered it. Their newest version is v0.8.173.",
    );
    expect(finding?.suggestion).toContain("push it as v0.8.177.");
    expect(findingsAboutCandidate(tag, facts)).toEqual([finding]);
  }
  expect(findingsAboutTag("v0.8.172", facts)).toEqual([]);
  expect(findingsAboutTag("v0.8.174-1", facts)).toMatchObject([{ evidence: { instead: "v0.8.175" } }]);
});
