import { describe, expect, test } from "vitest";
import { readImageFilePath, readImagePath, readPagePath } from "@/lib/extension/metadata/image-path";
import fc from "@/tests/builders/fast-check";

describe("a path inside the image has one form and never leaves the root", () => {
  test.each([
    ["ui", "/ui"],
    ["/ui", "/ui"],
    ["./ui/", "/ui"],
    ["/ui//a/./b/../c", "/ui/a/c"],
    ["/", "/"],
    [".", "/"],
    [" /ui ", "/ui"],
    ["darwin/kubectl-1.2", "/darwin/kubectl-1.2"],
    ["/ui/ä b.svg", "/ui/ä b.svg"],
    ["...", "/..."],
  ])("%j is %s", (text, path) => {
    expect(readImagePath(text)).toEqual({ ok: true, path });
  });

  test.each([
    ["..", "escapes"],
    ["../../etc", "escapes"],
    ["/../x", "escapes"],
    ["a/../../x", "escapes"],
    ["https://evil.example/x", "not_local"],
    ["file:///etc/passwd", "not_local"],
    ["//evil.example/x", "not_local"],
    ["C:\\tool.exe", "not_local"],
    ["\\\\server\\share", "not_local"],
    ["", "invalid"],
    ["  ", "invalid"],
    ["ui\\index", "invalid"],
    ["ui\u0000", "invalid"],
    ["ui\nx", "invalid"],
    ["ui\u202e", "invalid"],
    ["a".repeat(4097), "invalid"],
  ])("%j is refused: %s", (text, problem) => {
    expect(readImagePath(text)).toEqual({ ok: false, problem });
  });

  test.each(["/", ".", "ui/", "a/..", "a/.", ""])("%j names no file", (text) => {
    expect(readImageFilePath(text)).toEqual({ ok: false, problem: "invalid" });
  });

  test("any accepted path is absolute and holds no empty, . or .. segment", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a./ ]{0,20}$/), (text) => {
        const reading = readImagePath(text);
        if (reading.ok) expect(reading.path).toMatch(/^\/$|^(\/(?!\.{1,2}(\/|$))[^/]+)+$/);
      }),
      { numRuns: 600 },
    );
  });
});

describe("the page of a tab stays in its folder", () => {
  test.each([
    ["index.html", "index.html"],
    ["/index.html", "index.html"],
    ["index.html?v0.4.0", "index.html"],
    ["a/index.html#/route?x=../..", "a/index.html"],
    ["a%20b.html", "a%20b.html"],
  ])("%j is %s", (text, path) => {
    expect(readPagePath(text)).toEqual({ ok: true, path });
  });

  test.each([
    ["../index.html", "escapes"],
    ["%2e%2e/index.html", "escapes"],
    ["..%2findex.html", "escapes"],
    ["https://evil.example", "not_local"],
    ["https:%2f%2fevil.example", "not_local"],
    ["//evil.example/x.html", "not_local"],
    ["javascript:alert(1)", "not_local"],
    ["%", "invalid"],
    ["?x", "invalid"],
    ["", "invalid"],
  ])("%j is refused: %s", (text, problem) => {
    expect(readPagePath(text)).toEqual({ ok: false, problem });
  });
});
