import { expect, test } from "vitest";
import { capabilitySummary, groupCapabilities, rankCapabilities } from "@/components/report/capability-level";
import { shortDigest } from "@/components/text/digest-text";
import { readCapabilities } from "@/lib/extension/capabilities/capabilities";
import { EFFECT_LISTS } from "@/lib/extension/compose/container-effects";
import { readLabels } from "@/lib/extension/labels/labels";

const NOTHING = readCapabilities(
  { icon: null, ui: null, vm: null, hostBinaries: [], notUnderstood: [] },
  readLabels({}).labels,
);

test("access to the host comes before what every extension does", () => {
  const ranked = rankCapabilities({
    ...NOTHING,
    ui: true,
    backendImages: ["acme/backend"],
    publishedPorts: ["8080"],
    dockerSocket: true,
    unknown: ["vm.extra"],
  });
  expect(ranked.map(({ kind, level }) => [kind, level])).toEqual([
    ["unknown", "high"],
    ["dockerSocket", "high"],
    ["publishedPorts", "medium"],
    ["backendImages", "low"],
    ["ui", "low"],
  ]);
});

test("every capability is listed exactly once", () => {
  const ranked = rankCapabilities({ ...NOTHING, hostPaths: ["/var/run", "/home"], privileged: true });
  expect(ranked.map(({ key }) => key)).toEqual(["privileged", "hostPaths:/var/run", "hostPaths:/home"]);
});

test.each([
  [`sha256:${"ab".repeat(32)}`, "sha256:abababababab…"],
  ["sha256:ab", "sha256:ab"],
  ["none", "none"],
])("%s is shortened to %s", (digest, short) => {
  expect(shortDigest(digest)).toBe(short);
});

test("every kind has a level and a reason, most sensitive first", () => {
  const ranked = rankCapabilities({
    ...NOTHING,
    ui: true,
    compose: true,
    dockerSocket: true,
    privileged: true,
    accountRequired: true,
    ...Object.fromEntries(EFFECT_LISTS.map((list) => [list, ["x"]])),
    hostBinaries: { darwin: ["x"], windows: [], linux: [] },
    unknown: ["x"],
  });
  expect(ranked).toHaveLength(EFFECT_LISTS.length + 7);
  const levels = ranked.map(({ level }) => ["high", "medium", "low"].indexOf(level));
  expect(levels).toEqual(levels.toSorted());
  for (const { why } of ranked) expect(why).toMatch(/\.$/);
  expect(ranked[0]?.kind).toBe("unknown");
});

test("an image without a digest says that its content is not covered", () => {
  const digest = `acme/api@sha256:${"0".repeat(64)}`;
  const words = rankCapabilities({ ...NOTHING, backendImages: ["acme/api:1", digest] }).map(
    (one) => one.words,
  );
  expect(words).toEqual([
    "the backend image acme/api:1 (content not covered: no digest)",
    `the backend image ${digest}`,
  ]);
});

test.each([
  [{ ui: true }, "Standard access"],
  [{ ui: true, publishedPorts: ["8080"] }, "Some extra access"],
  [{ privileged: true, dockerSocket: true }, "High access (2)"],
])("the summary names the highest level: %j", (some, words) => {
  expect(capabilitySummary(rankCapabilities({ ...NOTHING, ...some }))).toBe(words);
});

test("the placeholder for the extension's own image is shown in words", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: metadata.json writes it so
  const [ranked] = rankCapabilities({ ...NOTHING, backendImages: ["${DESKTOP_PLUGIN_IMAGE}"] });
  expect(ranked?.words).toBe("a backend from its own image");
});

test("many capabilities of one kind are one group with all of them", () => {
  const paths = (os: string) => Array.from({ length: 100 }, (_, index) => `/host/${os}-${index}`);
  const ranked = rankCapabilities({
    ...NOTHING,
    dockerSocket: true,
    hostPaths: ["/a", "/b", "/c"],
    publishedPorts: ["1", "2", "3", "4"],
    hostBinaries: { darwin: paths("darwin"), windows: paths("windows"), linux: paths("linux") },
  });
  const groups = groupCapabilities(ranked);
  expect(groups.map(({ title, capabilities }) => [title, capabilities.length])).toEqual([
    ["access to the Docker socket", 1],
    ["300 files on hosts", 300],
    ["the host folder /a", 1],
    ["the host folder /b", 1],
    ["the host folder /c", 1],
    ["4 published ports", 4],
  ]);
  expect(groups.flatMap(({ capabilities }) => capabilities)).toEqual(ranked);
});
