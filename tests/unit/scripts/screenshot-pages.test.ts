import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { SCENARIO } from "@/scripts/demo/scenario/scenario";
import { PAGES, README_PICTURES } from "@/scripts/screenshots/pages";

/** Seen once in the life of an instance or of an account, so that the demo has neither any more. */
const GONE = ["/setup", "/invite/[token]"];

/** The addresses of the app's pages, without the folders that only group them. */
const ROUTES = readdirSync("app", { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)page\.tsx$/.test(file))
  .map((file) => `/${file.replace(/\([^/]*\)\/|\/?page\.tsx$/g, "")}`)
  .filter((route) => !GONE.includes(route));

function patternOf(route: string): RegExp {
  const parts = route.split("/").map((part) => {
    if (part.startsWith("[...")) return ".+";
    return part.startsWith("[") ? "[^/]+" : part;
  });
  return new RegExp(`^${parts.join("/")}$`);
}

/** As a browser would ask for it; an id has no slash. */
function pathOf({ path }: { path: string }): string {
  return path.replace(/\?.*$/, "").replace(/\{[^}]+\}/g, "id");
}

test("every page of the app is photographed", () => {
  expect(ROUTES).toContain("/sign-in");
  expect(ROUTES.filter((route) => !PAGES.some((page) => patternOf(route).test(pathOf(page))))).toEqual([]);
});

test("every picture has a name of its own", () => {
  expect(new Set(PAGES.map(({ name }) => name)).size).toBe(PAGES.length);
});

test("the repositories that are photographed are in the demo", () => {
  const known = SCENARIO.map(({ repository }) => repository);
  const named = PAGES.filter(({ status }) => status === undefined).flatMap(
    ({ path }) =>
      /(?:\/extensions\/|\/allow-list\/|submission:|check:)([\w-]+\/[\w-]+)/.exec(path)?.[1] ?? [],
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((repository) => !known.includes(repository))).toEqual([]);
});

test("every state of the catalog is photographed: each extension that has a page has one here", () => {
  const shown = PAGES.map(pathOf);
  const listed = SCENARIO.filter(({ story }) => story.some((step) => step.do === "approve"));
  const missing = listed.filter(({ repository }) => !shown.includes(`/extensions/${repository}`));
  expect(missing.map(({ repository }) => repository)).toEqual([]);
});

test("the pictures of README.md are of pages that their viewers see", () => {
  expect(README_PICTURES).toHaveLength(4);
  for (const { page, viewer } of README_PICTURES) {
    expect(PAGES.find(({ name }) => name === page)?.viewers).toContain(viewer);
  }
});
