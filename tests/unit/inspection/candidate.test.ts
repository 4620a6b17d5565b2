import { expect, test } from "vitest";
import { parseRepository } from "@/lib/extension/reference/repository";
import { skippedTags } from "@/lib/extension/reference/tag-list";
import { requireCandidate } from "@/lib/inspection/candidate";

const REPOSITORY = parseRepository("docker.io/acme/lens");

test.each([
  [
    ["latest", "1.1.0-amd64", "1.1.0-arm64", "1.0.0-arm64"],
    "Push one index as 1.1.0: docker buildx imagetools create --tag acme/lens:1.1.0 acme/lens:1.1.0-amd64 acme/lens:1.1.0-arm64",
  ],
  [["latest", "1.2"], "Push a tag such as 1.2.0: docker buildx build "],
  [["1.2.3.4"], "Push a tag such as 1.2.4: "],
  [["latest", "pr-17"], "Push a tag such as 1.0.0: "],
  [[], "Push a tag such as 1.0.0: "],
])("%j: %s", (tags, suggestion) => {
  const survey = { candidate: undefined, skipped: skippedTags(tags) };
  expect(() => requireCandidate(REPOSITORY, tags, survey)).toThrow(
    expect.objectContaining({ code: "no_semver_tags", suggestion: expect.stringContaining(suggestion) }),
  );
});
