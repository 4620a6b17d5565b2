import { expect, test } from "vitest";
import type { ErrorCode } from "@/lib/platform/error-codes";
import { AppError } from "@/lib/platform/errors";
import type { TagList } from "@/lib/registry/client-types";
import { findMissingTags } from "@/lib/scanning/tags/missing-tags";

const LIST: TagList = { tags: ["1.0.0"], dropped: 0, complete: true };
const known = (...tags: string[]) =>
  new Map(tags.map((tag) => [tag, { digest: "sha256:a", movedDigest: null, missing: tag.startsWith("0.") }]));

/** A registry that serves these tags, whatever it lists. */
function serving(tags: readonly string[], otherwise: ErrorCode = "reference_not_found") {
  const asked: string[] = [];
  const resolve = async (tag: string) => {
    asked.push(tag);
    if (!tags.includes(tag)) throw new AppError(otherwise, "No.", { suggestion: "Wait." });
  };
  return { asked, resolve };
}

test("a tag is missing once the registry neither lists nor serves it", async () => {
  const registry = serving([]);
  const found = await findMissingTags(LIST, known("1.0.0", "1.1.0", "1.2.0", "0.9.0"), registry.resolve);
  expect(found).toEqual({ listed: LIST.tags, missing: ["1.1.0", "1.2.0"], gap: undefined });
  expect(registry.asked).toEqual(["1.1.0", "1.2.0"]);
});

test("a tag that is served although it is not listed shows that the list is cut: none is missing", async () => {
  const registry = serving(["1.2.0"]);
  const found = await findMissingTags(LIST, known("1.1.0", "1.2.0", "1.3.0"), registry.resolve);
  expect(found).toMatchObject({ missing: [], gap: expect.stringContaining("leaves out 1.2.0") });
});

test("many tags that are served cost no more requests than are in flight", async () => {
  const tags = Array.from({ length: 200 }, (_, at) => `1.1.${at}`);
  const registry = serving(tags);
  const found = await findMissingTags(LIST, known(...tags), registry.resolve);
  expect(found.missing).toEqual([]);
  expect(registry.asked.length).toBeLessThanOrEqual(8);
});

test("a list that is not proven whole is asked nothing about, and its own reason stays", async () => {
  const registry = serving([]);
  const cut: TagList = { ...LIST, complete: false, gap: "it has more than 100 pages" };
  const found = await findMissingTags(cut, known("1.1.0"), registry.resolve);
  expect(found).toEqual({ listed: LIST.tags, missing: [], gap: cut.gap });
  expect(registry.asked).toEqual([]);
});

test.each<ErrorCode>(["registry_error", "registry_protocol"])(
  "a registry that answers %s leaves the tag as it is",
  async (code) => {
    const found = await findMissingTags(LIST, known("1.1.0"), serving([], code).resolve);
    expect(found).toMatchObject({ missing: [], gap: expect.stringContaining("did not say") });
  },
);

test("a registry that rate-limits ends the scan", async () => {
  const limited = serving([], "registry_rate_limited");
  await expect(findMissingTags(LIST, known("1.1.0"), limited.resolve)).rejects.toMatchObject({
    code: "registry_rate_limited",
  });
});
