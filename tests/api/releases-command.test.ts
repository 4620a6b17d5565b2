/** `npm run gantry -- releases import` against a real server. */

import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { main } from "@/scripts/gantry/main";
import { styleOf } from "@/scripts/gantry/terminal";
import { startTestGantry, type TestGantry } from "@/tests/support/gantry";
import { temporaryFolder } from "@/tests/support/processes/left-behind";

const folder = temporaryFolder("gantry-releases");
const tokenBefore = process.env.GANTRY_TOKEN;
let gantry: TestGantry;

beforeAll(async () => {
  gantry = await startTestGantry({ GANTRY_REGISTRIES: "http://127.0.0.1:9" });
});

afterAll(async () => {
  process.env.GANTRY_TOKEN = tokenBefore;
  folder.remove();
  await gantry?.close();
});

async function run(token: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  process.env.GANTRY_TOKEN = token;
  const printed = { out: "", err: "" };
  const code = await main(["releases", ...args], {
    folder: folder.path,
    out: (text) => {
      printed.out += `${text}\n`;
    },
    err: (text) => {
      printed.err += `${text}\n`;
    },
    interactive: false,
    style: styleOf(false),
  });
  return { code, ...printed };
}

function write(name: string, content: string | Uint8Array): string {
  writeFileSync(path.join(folder.path, name), content);
  return name;
}

const known = async () => {
  const { body } = await gantry.anonymous("GET", "/api/v1/desktop-releases");
  return body.items.map(({ version }: { version: string }) => version);
};

const HEADER = "source,version,api_version,confidence";
const GOOD = `\ufeff${HEADER}\r\n"On a desk, today",9.1.0,0.9.0,verified\r\nNotes,4.50.0,0.4.2,verified\r\n`;

test("a dry run prints what would change, and the import changes it", async () => {
  const file = write("good.csv", GOOD);
  const server = ["--server", gantry.url];
  const dry = await run(gantry.adminToken, "import", file, ...server, "--dry-run");
  expect(dry).toEqual({
    code: 0,
    err: "",
    out: "  + 9.1.0  Extension API 0.9.0\n  ~ 4.50.0  Extension API 0.4.2\nDry run: 1 added, 1 changed, 0 unchanged. Nothing was imported.\n",
  });
  expect(await known()).not.toContain("9.1.0");
  const done = await run(gantry.adminToken, "import", file, ...server);
  expect(done).toMatchObject({
    code: 0,
    out: expect.stringContaining("Imported: 1 added, 1 changed, 0 unchanged."),
  });
  expect(await known()).toContain("9.1.0");
  const again = await run(gantry.adminToken, "import", file, ...server, "--json");
  expect(JSON.parse(again.out)).toMatchObject({ added: [], changed: [], unchanged: 2 });
});

test("every line that is wrong is named, and nothing is imported", async () => {
  const file = write("bad.csv", `${HEADER}\nNotes,9.2.0,0.9.0,verified\nNotes,9.3,0.9.0,sure\n`);
  const { code, out, err } = await run(gantry.adminToken, "import", file, "--server", gantry.url);
  expect([code, out]).toEqual([1, ""]);
  expect(err).toContain("line 3: version “9.3” is not a version with three numbers");
  expect(err).toContain("line 3: confidence “sure” is not one of");
  expect(await known()).not.toContain("9.2.0");
});

test("a token that cannot change releases is refused", async () => {
  const { token } = await gantry.person("reviewer");
  const refused = await run(token, "import", write("good.csv", GOOD), "--server", gantry.url);
  expect(refused).toMatchObject({ code: 1, out: "", err: expect.stringContaining("admin") });
});

test.each<[string, string[], RegExp]>([
  ["another action", ["export", "x.csv"], /releases import FILE/],
  ["no file", ["import"], /releases import FILE/],
  [
    "a file that does not exist",
    ["import", "none.csv", "--server", "http://127.0.0.1:9"],
    /none\.csv cannot be read/,
  ],
  ["a file that is not UTF-8", ["import", "latin.csv", "--server", "http://127.0.0.1:9"], /not UTF-8/],
  ["no server", ["import", "good.csv"], /--server/],
])("%s is invalid usage", async (_what, args, said) => {
  write("latin.csv", Buffer.from("Gr\u00f6\u00dfe", "latin1"));
  expect(await run("token", ...args)).toMatchObject({ code: 2, err: expect.stringMatching(said) });
});

test("a server that does not answer is not the file's fault", async () => {
  const file = write("good.csv", GOOD);
  expect(await run("token", "import", file, "--server", "http://127.0.0.1:9")).toMatchObject({
    code: 3,
    err: expect.stringContaining("could not be reached"),
  });
});

test("without a token, the command says which one it needs", async () => {
  expect(await run("", "import", "good.csv", "--server", gantry.url)).toMatchObject({
    code: 2,
    err: expect.stringContaining("GANTRY_TOKEN"),
  });
});
