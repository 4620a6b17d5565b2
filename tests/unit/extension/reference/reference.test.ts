import { describe, expect, test } from "vitest";
import { formatReference, parseReference } from "@/lib/extension/reference/reference";
import { isAppError } from "@/lib/platform/errors";
import fc from "@/tests/builders/fast-check";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;
const HUB = "docker.io/acme/disk-lens";

describe("tag and digest are kept from whatever people paste", () => {
  test.each([
    ["acme/disk-lens", { repository: HUB }],
    ["acme/disk-lens:1.0.0", { repository: HUB, tag: "1.0.0" }],
    [`acme/disk-lens@${DIGEST}`, { repository: HUB, digest: DIGEST }],
    [`acme/disk-lens:1.0.0@${DIGEST}`, { repository: HUB, tag: "1.0.0", digest: DIGEST }],
    [`acme/disk-lens@sha512:${"a".repeat(128)}`, { repository: HUB, digest: `sha512:${"a".repeat(128)}` }],
    ["127.0.0.1:5000/acme/disk-lens", { repository: "127.0.0.1:5000/acme/disk-lens" }],
    ["127.0.0.1:5000/acme/disk-lens:latest", { repository: "127.0.0.1:5000/acme/disk-lens", tag: "latest" }],
    ["https://ghcr.io/x/y:1.0.0", { repository: "ghcr.io/x/y", tag: "1.0.0" }],
    ["docker extension install -f acme/disk-lens:1.0.0", { repository: HUB, tag: "1.0.0" }],
    [
      "https://open.docker.com/extensions/marketplace?extensionId=acme/disk-lens&tag=1.0.0",
      { repository: HUB, tag: "1.0.0" },
    ],
    [
      `https://hub.docker.com/layers/acme/disk-lens/1.0.0/images/sha256-abc`,
      { repository: HUB, tag: "1.0.0" },
    ],
  ])("%s", (text, reference) => {
    expect(parseReference(text)).toEqual(reference);
  });
});

describe("a tag or digest that is none is refused with the next step", () => {
  test.each([
    "acme/disk-lens:",
    "acme/disk-lens:.1",
    `acme/disk-lens:${"1".repeat(129)}`,
    "acme/disk-lens:1.0+build",
    "acme/disk-lens@",
    "acme/disk-lens@latest",
    `acme/disk-lens@md5:${"a".repeat(32)}`,
    `acme/disk-lens@sha256:${"A".repeat(64)}`,
    `acme/disk-lens@sha256:${"a".repeat(63)}`,
    "acme/disk-lens@sha256:../../x",
    `acme/disk-lens@${DIGEST}@${DIGEST}`,
    `acme/disk-lens@${DIGEST}:1.0.0`,
  ])("%j", (text) => {
    expect(() => parseReference(text)).toThrow(
      expect.objectContaining({ code: "reference_invalid", suggestion: expect.any(String) }),
    );
  });

  test("a wrong name is refused as a repository", () => {
    expect(() => parseReference("nginx:1.27")).toThrow(
      expect.objectContaining({ code: "repository_invalid" }),
    );
  });
});

test("a reference is written with the familiar name and reads back as itself", () => {
  const name = fc.constantFrom("acme/disk-lens", "ghcr.io/x/y", "localhost:5000/x");
  const tag = fc.option(fc.stringMatching(/^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,20}$/), { nil: undefined });
  const digest = fc.option(fc.stringMatching(/^[0-9a-f]{64}$/), { nil: undefined });
  fc.assert(
    fc.property(name, tag, digest, (repository, version, hex) => {
      const text = `${repository}${version === undefined ? "" : `:${version}`}${hex === undefined ? "" : `@sha256:${hex}`}`;
      expect(formatReference(parseReference(text))).toBe(text);
    }),
  );
});

test("any text is a reference or an AppError", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[a-z./]{0,12}[:@][a-z0-9:@.]{0,20}$/)),
      (text) => {
        try {
          parseReference(text);
        } catch (error) {
          if (!isAppError(error)) throw error;
        }
      },
    ),
    { numRuns: 800 },
  );
});
