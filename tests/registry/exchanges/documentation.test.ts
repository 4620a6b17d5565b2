import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseRegistries } from "@/lib/registry/registries";
import { VENDORS } from "@/tests/registry/exchanges/vendors";

const PAGE = readFileSync("docs/registries.md", "utf8");

test.each(Object.entries(VENDORS))("%s has a row and a section with the tested values", (name, dialect) => {
  const [title = name] = name.split(",");
  const section = PAGE.split("\n## ").find((each) => each.startsWith(`${title}\n`));
  const row = PAGE.split("\n").find((line) => line.startsWith(`| [${title}]`));
  expect(row).toContain(`\`${dialect.registry}\``);
  expect(row).toContain(`#${title.toLowerCase().replaceAll(" ", "-")})`);
  expect(section).toMatch(/^- Sources: \[/m);
  const isOwnHost = dialect.realm?.includes(".example") ?? true;
  if (!isOwnHost) expect(section).toContain(`realm="${dialect.realm}"`);
});

test("the values of the column for GANTRY_REGISTRIES are accepted", () => {
  const rows = PAGE.split("\n").filter((line) => line.startsWith("| ["));
  expect(rows.length).toBe(10);
  for (const row of rows) {
    const [value = ""] = /`([^`]+)`/.exec(row.split("|")[2] ?? "")?.slice(1) ?? [];
    expect(parseRegistries(value).size).toBe(1);
  }
});
