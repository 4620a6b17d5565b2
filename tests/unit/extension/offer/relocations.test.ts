import { expect, test } from "vitest";
import { followRelocations } from "@/lib/extension/offer/relocations";

const lost = (why: string) => ({ kind: "lost", why });
const at = (repository: string) => ({ kind: "arrives", repository });

test.each([
  ["a", { kind: "stays" }],
  ["a>b", at("b")],
  ["a>b b>c c>d", at("d")],
  ["a>b b>c c>d d>e", lost("too_far")],
  ["a>a", lost("loop")],
  ["a>b b>a", lost("loop")],
  ["a>b b>c c>b", lost("loop")],
  ["b>c", { kind: "stays" }],
])("%s", (moves, journey) => {
  const movedTo = new Map(
    moves
      .split(" ")
      .map((move) => move.split(">"))
      .map(([from = "", to]) => [from, to]),
  );
  expect(followRelocations("a", (repository) => movedTo.get(repository))).toEqual(journey);
});
