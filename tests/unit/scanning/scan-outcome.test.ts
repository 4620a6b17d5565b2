import { expect, test } from "vitest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import { AppError } from "@/lib/platform/errors";
import { endingOf, type ScanFacts } from "@/lib/scanning/scan-outcome";
import { incompleteTagList } from "@/lib/scanning/tags/missing-tags";
import { retryState } from "@/lib/scanning/tags/retry-state";

const REPOSITORY = repositoryOfName("docker.io/acme/disk-lens");
const NOW = new Date("2026-11-20T12:00:00Z");
const broken = new AppError("registry_error", "It answered 500.", { suggestion: "Wait.", retryable: true });
const limited = new AppError("registry_rate_limited", "Later.", { suggestion: "Wait.", retryable: true });
const final = new AppError("not_a_registry", "A web page.", { suggestion: "Ask." });
const tag = (error: unknown) => ({ tag: "1.0.0", digest: "sha256:a", error });

const QUIET: ScanFacts = {
  timing: { now: NOW, intervalSeconds: 900, failuresBefore: 0 },
  retry: retryState([], NOW, 0),
  listError: undefined,
  plan: { lookUp: [], remembered: [], waiting: [] },
  seen: { observed: [], unanswered: [] },
  inspections: { due: [], waiting: [] },
  failures: [],
  changed: 0,
};

test.each<[string, Partial<ScanFacts>, object]>([
  ["finds nothing new", {}, { event: "find_nothing_new", failing: [] }],
  ["succeeds when a version changed", { changed: 1 }, { event: "succeed" }],
  [
    "succeeds when a tag was inspected",
    { inspections: { due: [{ tag: "1.0.0", digest: "sha256:a" }], waiting: [] } },
    { event: "succeed" },
  ],
  [
    "is partial with a list that is not proven whole, and says so",
    { listError: incompleteTagList(REPOSITORY, "a page is full") },
    { event: "succeed_partly", error: { code: "tag_list_incomplete" } },
  ],
  [
    "is partial when one image could not be inspected, and schedules its retry",
    { failures: [tag(broken)] },
    { event: "succeed_partly", failing: [{ tag: "1.0.0", attempts: 1 }], error: { code: "registry_error" } },
  ],
  [
    "is partial with a time to wait for when the host stopped it, and holds that against no tag",
    { failures: [tag(limited)] },
    { event: "succeed_partly", failing: [], until: expect.any(Date) },
  ],
  [
    "holds an unanswered look-up against a new tag",
    { seen: { observed: [], unanswered: [{ tag: "2.0.0", isNew: true, error: broken }] } },
    { event: "succeed_partly", failing: [{ tag: "2.0.0", digest: undefined }] },
  ],
  [
    "holds an unanswered look-up against no known tag",
    { seen: { observed: [], unanswered: [{ tag: "2.0.0", isNew: false, error: broken }] } },
    { event: "succeed_partly", failing: [] },
  ],
  [
    "fails when too many tags were unanswered",
    { seen: { observed: [], unanswered: [], gaveUp: { error: broken } } },
    { event: "fail", until: expect.any(Date) },
  ],
])("a scan %s", (_name, facts, expected) => {
  expect(endingOf({ ...QUIET, ...facts })).toMatchObject(expected);
});

test("a registry that answers the same way every time is asked again after the ordinary interval", () => {
  const ending = endingOf({ ...QUIET, seen: { observed: [], unanswered: [], gaveUp: { error: final } } });
  expect(ending).toEqual({
    event: "fail",
    failing: [],
    error: expect.objectContaining({ code: final.code }),
  });
});
