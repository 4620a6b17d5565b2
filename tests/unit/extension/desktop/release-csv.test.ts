import { describe, expect, test } from "vitest";
import { CSV_ROWS_MAX, readReleaseCsv } from "@/lib/extension/desktop/release-csv";

const HEADER = "version,released_on,api_version,compose_version,confidence,source";
const LINE = "4.91.0,2026-09-14,0.4.2,5.5.1,inferred,Release notes";

const problemsOf = (text: string) =>
  readReleaseCsv(text).problems.map(({ line, message }) => `${line}: ${message}`);

describe("a table of releases", () => {
  test("reads every column", () => {
    expect(readReleaseCsv(`${HEADER}\n${LINE}\n`)).toEqual({
      problems: [],
      releases: [
        {
          version: "4.91.0",
          releasedOn: "2026-09-14",
          apiVersion: "0.4.2",
          composeVersion: "5.5.1",
          confidence: "inferred",
          source: "Release notes",
        },
      ],
    });
  });

  test.each([
    ["columns in another order", "source,confidence,api_version,version\nNotes,verified,0.4.2,4.91.0"],
    ["names as programs write them", "Version,API-version,Confidence,Source\n4.91.0,0.4.2,Verified,Notes"],
    ["camel case", "version,apiVersion,confidence,source\n4.91.0,0.4.2,verified,Notes"],
    [
      "a byte order mark and CRLF",
      "\ufeffversion,api_version,confidence,source\r\n4.91.0,0.4.2,verified,Notes\r\n",
    ],
    ["quoted cells", '"version","api_version","confidence","source"\n"4.91.0"," 0.4.2 ","verified","Notes"'],
  ])("accepts %s", (_what, text) => {
    const { releases, problems } = readReleaseCsv(text);
    expect(problems).toEqual([]);
    expect(releases).toEqual([
      {
        version: "4.91.0",
        releasedOn: undefined,
        apiVersion: "0.4.2",
        composeVersion: undefined,
        confidence: "verified",
        source: "Notes",
      },
    ]);
  });

  test("an empty cell is unknown, a missing column says nothing", () => {
    const [release] = readReleaseCsv(`${HEADER}\n4.91.0,,,,unverified,Seen`).releases;
    expect(release).toMatchObject({ releasedOn: null, apiVersion: null, composeVersion: null });
  });

  test.each([
    ["", ["1: The file is empty."]],
    [HEADER, ["1: The file has a header and no releases."]],
    [
      "version;api_version;confidence;source\n4.91.0;0.4.2;verified;Notes",
      ["1: The columns are separated by semicolons. Save the file as comma-separated values."],
    ],
    [
      "version,api_verison,confidence,source\n",
      [
        "1: “api_verison” is not a column of this file. Did you mean api_version?",
        "1: The column api_version is missing.",
      ],
    ],
    ["version,version,api_version,confidence,source\n", ["1: The column version is there twice."]],
    [
      `${HEADER}\n${LINE}\n4.91,2026-02-30,0.4,v5,likely,`,
      [
        "3: version “4.91” is not a version with three numbers, such as 4.45.0.",
        "3: api_version “0.4” is not a version such as 0.4.2. Leave it empty if unknown.",
        "3: compose_version “v5” is not a version such as 2.40.3. Leave it empty if unknown.",
        "3: released_on “2026-02-30” is not a date such as 2026-09-14. Leave it empty if unknown.",
        "3: confidence “likely” is not one of verified, inferred, unverified.",
        "3: source is empty. Say where you found the API version.",
      ],
    ],
    [`${HEADER}\n${LINE}\n\n${LINE}`, ["4: 4.91.0 is also on line 2."]],
    [
      `${HEADER}\n${LINE}, see the notes`,
      ["2: The line has 7 values for 6 columns. Put values that contain a comma in quotation marks."],
    ],
    [`${HEADER}\n"4.91.0,x`, ["2: A quotation mark is not closed, or text follows the closing one."]],
    [
      `${HEADER}\n4.91.0,,0.4.2,,verified,${"x".repeat(501)}`,
      ["2: source has 501 characters; at most 500 are allowed."],
    ],
    [
      `${HEADER}\n4.91.0,,0.4.2,,verified,a\u0000b`,
      ["2: source contains a control character or a line break."],
    ],
  ])("%# names what is wrong, with the line", (text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
    expect(readReleaseCsv(text).releases).toEqual([]);
  });

  test("is limited", () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, index) => `4.${index}.0,,0.4.2,,inferred,Notes`).join("\n");
    expect(readReleaseCsv(`${HEADER}\n${rows(CSV_ROWS_MAX)}`).releases).toHaveLength(CSV_ROWS_MAX);
    expect(problemsOf(`${HEADER}\n${rows(CSV_ROWS_MAX + 1)}`)).toEqual([
      `1: The file has ${CSV_ROWS_MAX + 1} releases; at most ${CSV_ROWS_MAX} are allowed.`,
    ]);
  });
});
