import { describe, expect, test } from "vitest";
import { UsageError } from "@/scripts/gantry/command";
import { desktopIn } from "@/scripts/gantry/updates/docker";
import { readInstalledList } from "@/scripts/gantry/updates/installed-list";
import { updatesArguments } from "@/scripts/gantry/updates/updates-arguments";

const BOTH = [
  { repository: "acme/disk-lens", tag: "1.0.0" },
  { repository: "ghcr.io/acme/logs", tag: "v0.2.5" },
];

describe("a list of what is installed", () => {
  test.each([
    [
      "the table of docker extension ls",
      `ID                  PROVIDER      VERSION   UI                  VM           HOST
acme/disk-lens      Acme Inc.     1.0.0     1 tab(Disk Lens)    Running(1)   -
ghcr.io/acme/logs                 v0.2.5    1 tab(Logs)         -            1 binary
`,
    ],
    [
      "Windows line ends",
      "ID                 VERSION\r\nacme/disk-lens     1.0.0\r\nghcr.io/acme/logs  v0.2.5\r\n",
    ],
    [
      "a JSON array",
      JSON.stringify([
        { ID: "acme/disk-lens", Version: "1.0.0" },
        { image: BOTH[1]?.repository, tag: "v0.2.5" },
      ]),
    ],
    [
      "one JSON object per line",
      '{"name":"acme/disk-lens","version":"1.0.0"}\n{"id":"ghcr.io/acme/logs","tag":"v0.2.5"}\n',
    ],
    [
      "JSON by name",
      JSON.stringify({
        "acme/disk-lens": { version: "1.0.0" },
        "ghcr.io/acme/logs": { version: "v0.2.5", vm: {} },
      }),
    ],
    ["the body of an update check", JSON.stringify({ client: {}, installed: BOTH })],
  ])("%s", (_what, text) => {
    expect(readInstalledList(text)).toEqual(BOTH);
  });

  test.each(["", "\n", "[]", "ID  PROVIDER  VERSION\n"])("%j is an empty one", (text) => {
    expect(readInstalledList(text)).toEqual([]);
  });

  test("a digest comes along", () => {
    expect(readInstalledList('[{"repository":"acme/x","tag":"1.0.0","digest":"sha256:ab"}]')).toEqual([
      { repository: "acme/x", tag: "1.0.0", digest: "sha256:ab" },
    ]);
  });

  test.each(["NAME  TAG\nacme/x  1", "{", "[1]", '[{"repository":"acme/x"}]', "{}"])("%j is none", (text) => {
    expect(() => readInstalledList(text)).toThrow(UsageError);
  });
});

test.each([
  ["Docker Desktop 4.38.0 (181591)", "4.38.0"],
  ["Docker Desktop 4.44 (1)", "4.44"],
  ["Docker Engine - Community", undefined],
  ["", undefined],
])("%j is Docker Desktop %s", (platform, version) => {
  expect(desktopIn(platform)).toBe(version);
});

describe("arguments", () => {
  test("the server comes from the option, else from the environment", () => {
    expect(updatesArguments(["--server", "https://gantry.example/"], "http://other").server).toBe(
      "https://gantry.example",
    );
    expect(updatesArguments([], "http://localhost:3000").server).toBe("http://localhost:3000");
  });

  test.each([
    [[], undefined],
    [["--server", "gantry.example"], undefined],
    [["--server", "ftp://gantry.example"], undefined],
    [["--desktop", "4.38", "--api", "0.3.4"], "http://a"],
    [["--json", "--quiet"], "http://a"],
    [["--channel", "beta"], "http://a"],
    [["--os", "beos"], "http://a"],
    [["--nonsense"], "http://a"],
    [["acme/disk-lens"], "http://a"],
  ])("%j makes no sense", (args, environment) => {
    expect(() => updatesArguments(args, environment)).toThrow(UsageError);
  });
});
