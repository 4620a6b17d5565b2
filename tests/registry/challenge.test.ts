import { describe, expect, test } from "vitest";
import { type Challenge, parseChallenge } from "@/lib/registry/transport/challenge";

function bearer(realm: string, service?: string, scope?: string, error?: string): Challenge {
  return { scheme: "bearer", realm, service, scope, error };
}

const CASES: [lines: string[], challenge: Challenge | undefined][] = [
  [[], undefined],
  [[""], undefined],
  [['Bearer realm="https://a.example/token",service="a"'], bearer("https://a.example/token", "a")],
  [['bearer REALM="https://a.example/token" , Service=a'], bearer("https://a.example/token", "a")],
  [["BEARER realm=https"], bearer("https")],
  [
    ['Bearer realm="https://a.example/t,o\\"k=en",scope="repository:x/y:pull,push",error="invalid_token"'],
    bearer('https://a.example/t,o"k=en', undefined, "repository:x/y:pull,push", "invalid_token"),
  ],
  [["Negotiate", 'Bearer realm="https://a.example"'], bearer("https://a.example")],
  [['Negotiate, Bearer realm="https://a.example"'], bearer("https://a.example")],
  [['Negotiate YWJjZA==, Bearer realm="https://a.example"'], bearer("https://a.example")],
  [['Basic realm="r", Bearer realm="https://a.example"'], bearer("https://a.example")],
  [['Bearer realm="https://first.example",realm="https://second.example"'], bearer("https://first.example")],
  [['Basic realm="Registry"'], { scheme: "basic" }],
  [["Basic"], { scheme: "basic" }],
  [['Bearer service="no realm"', "Basic"], { scheme: "basic" }],
  [["Negotiate", "NTLM"], { scheme: "other", names: ["negotiate", "ntlm"] }],
  [['Bearer realm="unclosed'], { scheme: "other", names: ["bearer"] }],
  [['realm="https://a.example"'], undefined],
  [["@@@"], undefined],
];

describe("WWW-Authenticate", () => {
  test.each(CASES)("%j", (lines, challenge) => {
    expect(parseChallenge(lines)).toEqual(challenge);
  });

  test("long hostile lines are read in linear time", () => {
    expect(
      parseChallenge([`Bearer ${"a=".repeat(16_000)}`, "x ".repeat(16_000), "\\".repeat(16_000)]),
    ).toBeDefined();
  });
});
