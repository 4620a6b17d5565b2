import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { problemOf } from "@/lib/api/answers/problem";
import { AppError } from "@/lib/platform/errors";

/** Words that only programs understand: operations, JSON fields, headers. They belong into `apiHint`. */
const FOR_PROGRAMS = /Send "|"\w+":|(?:GET|POST|PATCH|PUT|DELETE) \/|Bearer |`\w+`/;
const SUGGESTION = /\bsuggestion:\s*((?:(["'`]).*?\2)(?:\s*\+\s*(["'`]).*?\3)*)/g;

/** Rooms whose errors reach pages. The API's own requests and Docker Hub's format have only programs as readers. */
const ROOMS = ["identity", "marketplace", "scanning", "inspection", "registry", "media", "platform"];

test("a problem document carries the hint for programs, and the error keeps the text for people", () => {
  const options = { suggestion: "Write why.", apiHint: 'Send "reason".' };
  const error = new AppError("invalid_input", "This needs a reason.", options);
  expect(problemOf(error, "1").suggestion).toBe('Send "reason".');
  expect(error.suggestion).toBe("Write why.");
  const plain = new AppError("invalid_input", "This needs a reason.", { suggestion: "Write why." });
  expect(problemOf(plain, "1").suggestion).toBe("Write why.");
});

test("the pattern finds what only a program understands", () => {
  expect(forPrograms("x.ts", `{ suggestion: 'Send "reason" with it.' }`)).toHaveLength(1);
  expect(forPrograms("x.ts", `{ suggestion: "Write why.", apiHint: 'Send "reason".' }`)).toEqual([]);
});

test("no suggestion that a page can show speaks of operations, fields or headers", () => {
  const found = ROOMS.flatMap((room) =>
    readdirSync(path.join("lib", room), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.includes("prisma"))
      .flatMap((file) => {
        const at = path.join("lib", room, file);
        return forPrograms(at, readFileSync(at, "utf8"));
      }),
  );
  expect(found).toEqual([]);
});

function forPrograms(file: string, source: string): string[] {
  return [...source.matchAll(SUGGESTION)]
    .map(([, text]) => text ?? "")
    .filter((text) => FOR_PROGRAMS.test(text))
    .map((text) => `${file}: ${text}`);
}
