import { describe, expect, test } from "vitest";
import { makeFinding } from "@/lib/extension/findings/finding";
import {
  FINDINGS,
  type FindingCode,
  findingRule,
  isFindingCode,
} from "@/lib/extension/findings/finding-codes";
import {
  applyPolicy,
  blockingFindings,
  DEFAULT_POLICY,
  type Policy,
  policySchema,
} from "@/lib/extension/policy/policy";
import fc from "@/tests/builders/fast-check";

const CODES = Object.keys(FINDINGS).filter(isFindingCode);
const DOCKER: Policy = { ...DEFAULT_POLICY, preset: "docker" };

function policy(severities: Policy["severities"]): Policy {
  return { ...DEFAULT_POLICY, severities };
}

function severities(codes: FindingCode[], under: Policy) {
  return applyPolicy(
    codes.map((code) => makeFinding(code)),
    under,
  ).map(({ code, severity }) => [code, severity]);
}

describe("the severity in force", () => {
  test("comes from the preset", () => {
    const codes: FindingCode[] = [
      "title_missing",
      "icon_label_missing",
      "platform_missing",
      "requirement_bare",
    ];
    expect(severities(codes, DEFAULT_POLICY)).toEqual([
      ["title_missing", "error"],
      ["icon_label_missing", "warning"],
      ["platform_missing", "warning"],
      ["requirement_bare", "info"],
    ]);
    expect(severities(codes, DOCKER)).toEqual([
      ["title_missing", "error"],
      ["icon_label_missing", "error"],
      ["platform_missing", "error"],
      ["requirement_bare", "info"],
    ]);
  });

  test.each([
    ["off", []],
    ["warn", [["title_missing", "warning"]]],
    ["block", [["title_missing", "error"]]],
    ["observe", [["title_missing", "info"]]],
  ] as const)("is what the policy says for the code: %s", (response, expected) => {
    expect(severities(["title_missing"], policy({ title_missing: response }))).toEqual(expected);
  });

  test("of what could not be checked is never error, whatever the policy says", () => {
    expect(severities(["media_not_checked"], policy({ media_not_checked: "block" }))).toEqual([
      ["media_not_checked", "warning"],
    ]);
    const unreachable = { ...makeFinding("title_missing"), outcome: "not_checked" } as const;
    expect(applyPolicy([unreachable], DEFAULT_POLICY)[0]?.severity).toBe("warning");
  });

  test("of an image that is no extension is error under every policy", () => {
    expect(severities(["not_an_extension"], policy({ not_an_extension: "off" }))).toEqual([
      ["not_an_extension", "error"],
    ]);
  });

  test("can be changed and changed back: applying a policy twice is applying it once", () => {
    const anyPolicy = fc.record({
      preset: fc.constantFrom("sdk" as const, "docker" as const),
      severities: fc.dictionary(
        fc.constantFrom(...CODES),
        fc.constantFrom("off" as const, "warn" as const, "block" as const, "observe" as const),
      ),
    });
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...CODES)), anyPolicy, (codes, changes) => {
        const under = { ...DEFAULT_POLICY, ...changes };
        const once = applyPolicy(
          codes.map((code) => makeFinding(code)),
          under,
        );
        expect(applyPolicy(once, under)).toEqual(once);
        expect(applyPolicy(once, DEFAULT_POLICY)).toEqual(
          applyPolicy(
            once.map(({ code }) => makeFinding(code)),
            DEFAULT_POLICY,
          ),
        );
        const blocking = blockingFindings(once, under);
        for (const finding of once)
          if (finding.severity === "error") expect(blocking).toContainEqual(finding);
      }),
    );
  });
});

describe("what keeps a version from being listed automatically", () => {
  test("errors do, warnings do not", () => {
    const findings = [
      makeFinding("title_missing"),
      makeFinding("icon_label_missing"),
      makeFinding("requirement_bare"),
    ];
    expect(blockingFindings(findings, DEFAULT_POLICY).map(({ code }) => code)).toEqual(["title_missing"]);
    expect(blockingFindings(findings, DOCKER).map(({ code }) => code)).toEqual([
      "title_missing",
      "icon_label_missing",
    ]);
  });

  test.each([
    "ambiguous_layer",
    "duplicate_entry",
    "metadata_partial",
    "metadata_unknown",
    "layer_unreadable",
    "version_collision",
  ] as const)("%s requires a review even when the policy switches it off", (code) => {
    expect(blockingFindings([makeFinding(code)], DEFAULT_POLICY)).toMatchObject([
      { code, severity: "warning" },
    ]);
    expect(blockingFindings([makeFinding(code)], policy({ [code]: "off" }))).toMatchObject([
      { code, severity: "info" },
    ]);
  });
});

describe("the stored policy", () => {
  test("has a default for everything", () => {
    expect(DEFAULT_POLICY).toEqual({
      preset: "sdk",
      severities: {},
      updates: "auto_within_envelope",
      bareApiVersion: "minimum",
      ownDecisions: "only_when_alone",
      registration: "invitation",
    });
  });

  test.each([
    [{ preset: "strict" }, "preset"],
    [{ severities: { title_missing: "maybe" } }, "title_missing"],
    [{ severities: { no_such_code: "off" } }, "no_such_code"],
    [{ severities: { __proto__x: "off" } }, "__proto__x"],
    [{ updates: "always" }, "updates"],
    [{ surprise: true }, "surprise"],
    [null, "object"],
  ])("%j is refused with the place that is wrong", (stored, place) => {
    const result = policySchema.safeParse(stored);
    expect(result.success).toBe(false);
    expect(JSON.stringify(result.error?.issues)).toContain(place);
  });

  test("cannot change what is fixed, and says so", () => {
    const fixed = CODES.filter((code) => findingRule(code).fixed === true);
    expect(fixed).toEqual(expect.arrayContaining(["not_an_extension", "requirement_unreadable"]));
    for (const code of fixed) {
      const result = policySchema.safeParse({ severities: { [code]: "warn" } });
      expect(result.error?.issues[0]?.message).toBe(
        `The severity of ${code} is fixed and cannot be changed.`,
      );
    }
  });

  test("survives being stored and read back", () => {
    const stored: Policy = { ...DOCKER, severities: { title_missing: "warn" }, updates: "manual" };
    expect(policySchema.parse(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
  });
});
