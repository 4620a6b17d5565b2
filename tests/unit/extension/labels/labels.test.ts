import { describe, expect, test } from "vitest";
import { LABELS } from "@/lib/extension/labels/label-names";
import { readLabels } from "@/lib/extension/labels/labels";
import fc from "@/tests/builders/fast-check";

const COMPLETE: Record<string, string> = {
  "org.opencontainers.image.title": "Disk Lens",
  "org.opencontainers.image.description": "Shows what fills your disk",
  "org.opencontainers.image.vendor": "Acme Inc.",
  "com.docker.desktop.extension.api.version": ">= 0.3.4",
  "com.docker.desktop.extension.icon": "https://example.com/icon.svg",
  "com.docker.extension.screenshots": '[{"alt": "Overview", "url": "https://example.com/1.png"}]',
  "com.docker.extension.detailed-description": "<p>All of it</p>",
  "com.docker.extension.publisher-url": "https://example.com/",
  "com.docker.extension.changelog": "<ul><li>New</li></ul>",
  "com.docker.extension.additional-urls": '[{"title": "Docs", "url": "https://example.com/docs"}]',
  "com.docker.extension.account-info": "required",
  "com.docker.extension.categories": "volumes,utility-tools",
};

const BUILD_ARGUMENT = "$" + "{VERSION}";

function read(changes: Record<string, string>) {
  return readLabels({ ...COMPLETE, ...changes });
}

function codes(changes: Record<string, string>): string[] {
  return read(changes).findings.map(({ code }) => code);
}

function without(name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(COMPLETE).filter(([key]) => key !== name));
}

describe("complete labels", () => {
  test("are read without a finding", () => {
    expect(readLabels(COMPLETE)).toEqual({
      labels: {
        title: "Disk Lens",
        description: "Shows what fills your disk",
        vendor: "Acme Inc.",
        apiVersion: ">= 0.3.4",
        icon: "https://example.com/icon.svg",
        screenshots: [{ alt: "Overview", url: "https://example.com/1.png" }],
        detailedDescription: "<p>All of it</p>",
        publisherUrl: "https://example.com/",
        changelog: "<ul><li>New</li></ul>",
        additionalUrls: [{ title: "Docs", url: "https://example.com/docs" }],
        accountRequired: true,
        categories: ["volumes", "utility-tools"],
        licenses: null,
        source: null,
      },
      findings: [],
    });
  });

  test("licence and source are read when present, and the labels of a base image are only noted", () => {
    const { labels, findings } = read({
      "org.opencontainers.image.licenses": "Apache-2.0",
      "org.opencontainers.image.source": "https://github.com/acme/disk-lens",
      "org.opencontainers.image.version": "3.20",
      "org.opencontainers.image.created": "2026-01-01T00:00:00Z",
      "org.opencontainers.image.url": "https://base.example",
      "org.opencontainers.image.ref.name": "ubuntu",
      "com.docker.compose.project": "x",
      maintainer: "NGINX",
    });
    expect(labels).toMatchObject({ licenses: "Apache-2.0", source: "https://github.com/acme/disk-lens" });
    expect(findings).toMatchObject([{ code: "labels_inherited", severity: "info" }]);
  });

  test("a source that is no web address is left out without a word", () => {
    expect(read({ "org.opencontainers.image.source": "git@github.com:acme/x.git" })).toMatchObject({
      labels: { source: null },
      findings: [],
    });
  });
});

describe("each label that the rules want has a finding of its own when it is missing or blank", () => {
  test.each([
    ["org.opencontainers.image.title", "title_missing", "error"],
    ["org.opencontainers.image.vendor", "vendor_missing", "error"],
    ["com.docker.desktop.extension.api.version", "requirement_missing", "error"],
    ["org.opencontainers.image.description", "description_missing", "warning"],
    ["com.docker.desktop.extension.icon", "icon_label_missing", "warning"],
    ["com.docker.extension.screenshots", "screenshots_missing", "warning"],
    ["com.docker.extension.detailed-description", "detailed_description_missing", "warning"],
    ["com.docker.extension.publisher-url", "publisher_url_missing", "warning"],
    ["com.docker.extension.changelog", "changelog_missing", "warning"],
    ["com.docker.extension.categories", "categories_missing", "warning"],
  ])("%s: %s (%s)", (label, code, severity) => {
    const missing = readLabels(without(label)).findings;
    expect(missing).toMatchObject([
      { code, severity, outcome: "failed", evidence: { label, state: "missing" } },
    ]);
    expect(missing[0]?.message).toBe(`The label ${label} is missing.`);
    expect(missing[0]?.suggestion).toContain(`LABEL ${label}=`);
    expect(read({ [label]: " \n " }).findings).toMatchObject([{ code, evidence: { label, state: "empty" } }]);
    for (const blank of ["\u3164\u3164", "\u2800", "\u00a0\u{e0041}", "\u0301", "\u115f \u1160"]) {
      expect(read({ [label]: blank }).findings).toMatchObject([
        { code, evidence: { label, state: "blank" } },
      ]);
    }
  });

  test("an image with the three labels of the SDK's first rule has no error", () => {
    const { findings } = readLabels({
      "org.opencontainers.image.title": "Disk Lens",
      "org.opencontainers.image.vendor": "Acme Inc.",
      "com.docker.desktop.extension.api.version": ">= 0.3.4",
    });
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("additional-urls and account-info may be absent, empty or an empty list", () => {
    for (const value of ["", "  ", "[]"]) {
      expect(
        codes({ "com.docker.extension.additional-urls": value, "com.docker.extension.account-info": "" }),
      ).toEqual([]);
    }
  });
});

describe("texts", () => {
  test("line breaks and long runs of spaces from continued lines become one space in one-line texts", () => {
    expect(read({ [LABELS.title]: "  Disk \\\n      Lens\t " }).labels.title).toBe("Disk \\ Lens");
    expect(read({ [LABELS.description]: "a\n\n      b" }).labels.description).toBe("a b");
    expect(read({ [LABELS.changelog]: " <ul>\n  <li>x</li>\n</ul> " }).labels.changelog).toBe(
      "<ul>\n  <li>x</li>\n</ul>",
    );
  });

  test("characters that hide or reorder text are removed and reported, those that scripts and emoji need stay", () => {
    const { labels, findings } = read({ [LABELS.vendor]: "Ac\u202eme\u200b\u0000 Inc.\ud800" });
    expect(labels.vendor).toBe("Acme Inc.");
    expect(findings).toMatchObject([{ code: "label_characters", severity: "warning" }]);
    expect(read({ [LABELS.title]: "👩‍💻 می‌خواهم" })).toMatchObject({
      labels: { title: "👩‍💻 می‌خواهم" },
      findings: [],
    });
  });

  test("a build argument that was never filled in is reported", () => {
    expect(read({ [LABELS.title]: `Disk Lens ${BUILD_ARGUMENT}` }).findings).toMatchObject([
      { code: "label_unresolved", evidence: { label: LABELS.title, value: BUILD_ARGUMENT } },
    ]);
  });

  test("the api.version label is kept exactly as written", () => {
    expect(read({ [LABELS.apiVersion]: "  >=0.3.4 " }).labels.apiVersion).toBe("  >=0.3.4 ");
    expect(read({ [LABELS.apiVersion]: "" }).labels.apiVersion).toBe("");
    expect(readLabels(without(LABELS.apiVersion)).labels.apiVersion).toBeNull();
  });

  test("a title of a page's length is shortened", () => {
    expect(read({ [LABELS.title]: "x".repeat(10_000) }).labels.title).toHaveLength(200);
  });
});

describe("categories", () => {
  test.each([
    ["kubernetes, security", ["kubernetes", "security"], []],
    ["security,security , volumes,", ["security", "volumes"], []],
    ["Database", [], [["Database", "database"]]],
    [
      "kubernetes,genai,llm",
      ["kubernetes"],
      [
        ["genai", null],
        ["llm", null],
      ],
    ],
    ["tools,utility-tools", ["utility-tools"], [["tools", "utility-tools"]]],
    ["databases", [], [["databases", "database"]]],
    ["netwroking", [], [["netwroking", "networking"]]],
    ["CI CD", [], [["CI CD", "ci-cd"]]],
    [
      "__proto__,constructor",
      [],
      [
        ["__proto__", null],
        ["constructor", null],
      ],
    ],
  ])("%j", (text, known, unknown) => {
    const { labels, findings } = read({ [LABELS.categories]: text });
    expect(labels.categories).toEqual(known);
    expect(findings.map(({ code, evidence }) => [code, evidence.value, evidence.meant])).toEqual(
      unknown.map(([value, meant]) => ["category_unknown", value, meant]),
    );
  });

  test("a hundred of them are read as far as there are categories", () => {
    const values = [
      ...Array.from({ length: 49 }, (_, at) => (at % 2 === 0 ? "security " : " volumes")),
      "testing-tools",
    ];
    const text = [...values, ...Array.from({ length: 50 }, () => "networking")].join(",");
    expect(read({ [LABELS.categories]: text })).toMatchObject({
      labels: { categories: ["security", "volumes", "testing-tools"] },
      findings: [],
    });
  });

  test("thousands of values give a bounded number of findings", () => {
    expect(
      read({ [LABELS.categories]: Array.from({ length: 5000 }, (_, i) => `c${i}`).join(",") }).findings
        .length,
    ).toBeLessThan(50);
  });
});

describe("account-info", () => {
  test.each([
    ["required", true, []],
    ["true", true, ["account_info_unknown"]],
    [" Required ", true, []],
    ["", false, []],
    ["false", false, []],
    ["see our site", false, ["account_info_unknown"]],
  ])("%j", (value, required, expected) => {
    const { labels, findings } = read({ [LABELS.accountInfo]: value });
    expect(labels.accountRequired).toBe(required);
    expect(findings.map(({ code }) => code)).toEqual(expected);
  });
});

describe("only addresses that are safe to show survive", () => {
  test.each([
    ["https://example.com/icon.svg", "https://example.com/icon.svg", []],
    ["  https://EXAMPLE.com/a b.svg".replace(" b", "b"), "https://example.com/ab.svg", []],
    ["https://exämple.com/i.svg", "https://xn--exmple-cua.com/i.svg", []],
    ["http://example.com/icon.svg", "http://example.com/icon.svg", ["url_insecure"]],
    ["https://example.com/i.png?token=abc", "https://example.com/i.png?token=abc", ["url_expires"]],
    [
      "https://b.example/i.png?X-Amz-Signature=abc",
      "https://b.example/i.png?X-Amz-Signature=abc",
      ["url_expires"],
    ],
    ["docker.svg", null, ["icon_default", "url_invalid"]],
    ["/icon.svg", null, ["url_invalid"]],
    ["//evil.example/icon.svg", null, ["url_invalid"]],
    ["example.com/icon.svg", null, ["url_invalid"]],
    ["https://exa mple.com/", null, ["url_invalid"]],
    ["https://", null, ["url_invalid"]],
    [`https://example.com/${"a".repeat(2048)}`, null, ["url_invalid"]],
    ["javascript:alert(1)", null, ["url_scheme_forbidden"]],
    ["JavaScript:alert(1)", null, ["url_scheme_forbidden"]],
    ["java\nscript:alert(1)", null, ["url_invalid"]],
    ["java\u0000script:alert(1)", null, ["label_characters", "url_scheme_forbidden"]],
    ["data:text/html,<script>alert(1)</script>", null, ["url_scheme_forbidden"]],
    ["data:image/svg+xml;base64,PHN2Zz4=", null, ["url_scheme_forbidden"]],
    ["vbscript:x", null, ["url_scheme_forbidden"]],
    ["file:///etc/passwd", null, ["url_scheme_forbidden"]],
    ["docker-desktop://dashboard", null, ["url_scheme_forbidden"]],
    ["blob:https://example.com/1", null, ["url_scheme_forbidden"]],
    ["https://me:hunter2@example.com/i.svg", null, ["url_credentials"]],
  ])("icon %j", (text, icon, expected) => {
    const { labels, findings } = read({ [LABELS.icon]: text });
    expect(labels.icon).toBe(icon);
    expect(findings.map(({ code }) => code)).toEqual(expected);
    expect(JSON.stringify(findings)).not.toMatch(/hunter2|=abc/);
  });

  test("the publisher's address follows the same rules", () => {
    expect(read({ [LABELS.publisherUrl]: "javascript:alert(1)" })).toMatchObject({
      labels: { publisherUrl: null },
      findings: [{ code: "url_scheme_forbidden", evidence: { label: LABELS.publisherUrl } }],
    });
  });
});

describe("screenshots", () => {
  const many = JSON.stringify(
    Array.from({ length: 1000 }, (_, i) => ({ alt: `${i}`, url: `https://example.com/${i}.png` })),
  );

  test.each([
    ["[]", ["screenshots_missing"], 0],
    ["[ \n ]", ["screenshots_missing"], 0],
    ["not json", ["screenshots_unreadable"], 0],
    ["https://example.com/1.png", ["screenshots_unreadable"], 0],
    ['{"alt": "x", "url": "https://example.com/1.png"}', ["screenshots_unreadable"], 0],
    ['[{"alt": "x", "url": "https://example.com/1.png"},]', ["screenshots_unreadable"], 0],
    ["[".repeat(5000), ["screenshots_unreadable"], 0],
    ['[{"alt": "x"}]', ["screenshot_invalid"], 0],
    ['[{"alt": "x", "url": 7}]', ["screenshot_invalid"], 0],
    [
      '["https://example.com/1.png", null, 3]',
      ["screenshot_invalid", "screenshot_invalid", "screenshot_invalid"],
      0,
    ],
    ['[{"url": "https://example.com/1.png"}]', ["screenshot_without_alt"], 1],
    ['[{"alt": ["x"], "url": "https://example.com/1.png"}]', ["screenshot_without_alt"], 1],
    [
      '[{"alt": "x", "url": "javascript:alert(1)"}, {"alt": "y", "url": "https://example.com/2.png"}]',
      ["url_scheme_forbidden"],
      1,
    ],
    ['[{"alt": "two\n     lines", "url": "https://example.com/1.png"}]', [], 1],
    [many, ["screenshots_too_many"], 12],
  ])("%.60s", (text, expected, kept) => {
    const { labels, findings } = read({ [LABELS.screenshots]: text });
    expect(findings.map(({ code }) => code)).toEqual(expected);
    expect(labels.screenshots).toHaveLength(kept);
  });

  test("keep their order and have their captions on one line", () => {
    expect(
      read({
        [LABELS.screenshots]:
          '[{"alt": " a\n  b ", "url": "https://example.com/2.png"}, {"alt": "<b>", "url": "https://example.com/1.png"}]',
      }).labels.screenshots,
    ).toEqual([
      { alt: "a b", url: "https://example.com/2.png" },
      { alt: "<b>", url: "https://example.com/1.png" },
    ]);
  });
});

describe("additional URLs", () => {
  test.each([
    [
      '[{"title": "Docs", "alt": "x", "url": "https://example.com"}]',
      [],
      [{ title: "Docs", url: "https://example.com/" }],
    ],
    [
      '[{"title": "Docs", "url": "http://example.com"}]',
      ["url_insecure"],
      [{ title: "Docs", url: "http://example.com/" }],
    ],
    ['[{"title": "Docs", "url": "javascript:alert(1)"}]', ["url_scheme_forbidden"], []],
    ['[{"title": "Docs", "url": " JavaScript:alert(1)"}]', ["url_scheme_forbidden"], []],
    ['[{"title": "Docs", "url": "data:text/html,<script>alert(1)</script>"}]', ["url_scheme_forbidden"], []],
    ['[{"title": "Docs", "url": "file:///etc/passwd"}]', ["url_scheme_forbidden"], []],
    ['[{"title": "Docs", "url": "https://me:hunter2@example.com"}]', ["url_credentials"], []],
    ['[{"title": "Docs", "url": "vbscript:x"}]', ["url_scheme_forbidden"], []],
    ['[{"title": "Docs", "url": "docker-desktop://x"}]', ["url_scheme_forbidden"], []],
    ['[{"title": "Docs", "url": "//evil.example"}]', ["url_invalid"], []],
    ['[{"title": "Docs", "url": "docs/index.html"}]', ["url_invalid"], []],
    ['[{"url": "https://example.com"}]', ["additional_url_invalid"], []],
    ['[{"title": "Docs"}]', ["additional_url_invalid"], []],
    ['[{"alt": "Docs", "url": "https://example.com"}]', ["additional_url_invalid"], []],
    [
      '[{"title": "Docs", "alt": "Docs", "url": "https://example.com/"}]',
      [],
      [{ title: "Docs", url: "https://example.com/" }],
    ],
    ['{"title": "Docs", "url": "https://example.com"}', ["additional_urls_unreadable"], []],
    ["Docs: https://example.com", ["additional_urls_unreadable"], []],
  ])("%s", (text, expected, kept) => {
    const { labels, findings } = read({ [LABELS.additionalUrls]: text });
    expect(findings.map(({ code }) => code)).toEqual(expected);
    expect(labels.additionalUrls).toEqual(kept);
  });

  test("at most twenty are kept", () => {
    const text = JSON.stringify(
      Array.from({ length: 500 }, () => ({ title: "x", url: "https://example.com" })),
    );
    const { labels, findings } = read({ [LABELS.additionalUrls]: text });
    expect(labels.additionalUrls).toHaveLength(20);
    expect(findings.map(({ code }) => code)).toEqual(["additional_urls_too_many"]);
  });
});

describe("a wrong name is told apart from a right one", () => {
  test.each([
    ["com.docker.extension.category", "label_mistyped", LABELS.categories],
    ["com.docker.extension.icon", "label_mistyped", LABELS.icon],
    ["com.docker.desktop.extension.screenshots", "label_mistyped", LABELS.screenshots],
    ["com.docker.extension.api.version", "label_mistyped", LABELS.apiVersion],
    ["com.docker.extension.detailed_description", "label_mistyped", LABELS.detailedDescription],
    ["com.docker.extension.publisher-ulr", "label_mistyped", LABELS.publisherUrl],
    ["com.docker.extension.Changelog", "label_mistyped", LABELS.changelog],
    ["org.opencontainers.image.titel", "label_mistyped", LABELS.title],
    ["org.opencontainer.image.vendor", "label_mistyped", LABELS.vendor],
    ["com.docker.desktop.plugin.icon", "label_obsolete", LABELS.icon],
  ])("%s: %s, meant %s", (name, code, meant) => {
    expect(read({ [name]: "x" }).findings).toMatchObject([
      { code, severity: "warning", evidence: { label: name, meant } },
    ]);
  });

  test.each(["com.docker.extension.zzzz", "com.example.title", "title", "vendor", "org.label-schema.name"])(
    "%s is left alone",
    (name) => {
      expect(codes({ [name]: "x" })).toEqual([]);
    },
  );
});

describe("limits", () => {
  const KIB = 1024;

  test("64 KiB in a label are read, one byte more is not, and the label is not called missing", () => {
    expect(read({ [LABELS.changelog]: "x".repeat(64 * KIB) }).labels.changelog).toHaveLength(64 * KIB);
    expect(codes({ [LABELS.changelog]: "x".repeat(64 * KIB + 1) })).toEqual(["label_too_long"]);
    expect(codes({ [LABELS.changelog]: "é".repeat(32 * KIB + 1) })).toEqual(["label_too_long"]);
  });

  test("256 labels are read and 257 reported; foreign labels never crowd out the extension's own", () => {
    const foreign = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`a.foreign.${i}`, "x"]));
    const within = readLabels({ ...foreign(244), ...COMPLETE }).findings;
    expect(within).toMatchObject([{ code: "labels_inherited", evidence: { count: 244 } }]);
    const { labels, findings } = readLabels({ ...foreign(5000), ...COMPLETE });
    expect(labels.title).toBe("Disk Lens");
    expect(findings).toMatchObject([
      { code: "labels_too_many", evidence: { count: 5012, limit: 256 } },
      { code: "labels_inherited" },
    ]);
  });

  test("256 labels are read without a word, of 257 the last one is not", () => {
    const named = (count: number) =>
      Object.fromEntries(Array.from({ length: count - 12 }, (_, at) => [`com.docker.x${at}`, "x"]));
    expect(readLabels({ ...named(256), ...COMPLETE }).findings).toEqual([]);
    expect(readLabels({ ...named(257), ...COMPLETE }).findings).toMatchObject([
      { code: "labels_too_many", evidence: { count: 257, limit: 256 } },
    ]);
  });

  test("256 KiB of names and values together are read to the last byte", () => {
    const bytesOf = (labels: Record<string, string>) => Object.entries(labels).flat().join("").length;
    const big = Object.fromEntries(
      Array.from({ length: 4 }, (_, at) => [`com.docker.big${at}`, "x".repeat(60 * KIB)]),
    );
    const rest = 256 * KIB - bytesOf({ ...COMPLETE, ...big, "com.docker.rest": "" });
    const filled = (bytes: number) =>
      readLabels({ ...COMPLETE, ...big, "com.docker.rest": "x".repeat(bytes) }).findings;
    expect(filled(rest)).toEqual([]);
    expect(filled(rest + 1)).toMatchObject([
      { code: "labels_too_large", evidence: { label: "com.docker.rest", limitBytes: 256 * KIB } },
    ]);
  });

  test("256 KiB together are read, what comes after is not", () => {
    const big = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`big.${i}`, "x".repeat(60 * KIB)]));
    const { labels, findings } = readLabels({ ...big, ...COMPLETE });
    expect(labels.title).toBe("Disk Lens");
    expect(findings).toMatchObject([{ code: "labels_too_large", evidence: { label: "big.4" } }]);
  });

  test.each(["a b", "a\nb", "a\u202eb", ""])("the label name %j is reported and not read", (name) => {
    expect(codes({ [name]: "x" })).toEqual(["label_characters"]);
  });

  test("names that mean something to JavaScript are names like any other", () => {
    const hostile: Record<string, string> = JSON.parse(
      '{"__proto__": "x", "constructor": "y", "toString": "z"}',
    );
    const { labels, findings } = readLabels({ ...hostile });
    expect(labels.title).toBeNull();
    expect(findings).toHaveLength(10);
    expect(readLabels(JSON.parse('{"__proto__": "{}"}')).findings).toHaveLength(10);
  });
});

test("whatever stands in the labels, reading returns, with a bounded number of findings and safe addresses only", () => {
  const name = fc.oneof(
    fc.constantFrom(...Object.values(LABELS)),
    fc.string({ unit: "binary", maxLength: 40 }),
  );
  const value = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json({ maxDepth: 3, stringUnit: "binary" }),
    fc.webUrl({ withQueryParameters: true }),
    fc
      .array(fc.record({ url: fc.oneof(fc.webUrl(), fc.string()), alt: fc.string(), title: fc.string() }))
      .map((list) => JSON.stringify(list)),
  );
  fc.assert(
    fc.property(fc.dictionary(name, value, { maxKeys: 30 }), (labels) => {
      const reading = readLabels(labels);
      expect(reading.findings.length).toBeLessThan(300);
      const { icon, publisherUrl, source, screenshots, additionalUrls } = reading.labels;
      const urls = [
        icon,
        publisherUrl,
        source,
        ...screenshots.map(({ url }) => url),
        ...additionalUrls.map(({ url }) => url),
      ];
      for (const url of urls) if (url !== null) expect(url).toMatch(/^https?:\/\//);
      expect(reading.labels.title ?? "").not.toMatch(/\n|\p{Cc}|\u202e/u);
    }),
    { numRuns: 200 },
  );
});

describe("what may be better in labels that are in order", () => {
  test.each([
    [{ [LABELS.title]: "Disk Lens Extension" }, ["title_says_extension"]],
    [{ [LABELS.title]: "Docker Extension for Kubernetes" }, ["title_says_extension"]],
    [{ [LABELS.title]: "Extensive tests" }, []],
    [{ [LABELS.title]: "Disk ".repeat(12) }, ["title_long"]],
    [{ [LABELS.description]: "It is good. ".repeat(20) }, ["description_long"]],
    [{ [LABELS.icon]: "https://example.com/images/docker.svg" }, ["icon_default"]],
    [{ [LABELS.icon]: "https://www.docker.com/wp-content/uploads/2022/03/Moby-logo.png" }, ["icon_default"]],
    [
      { [LABELS.icon]: "https://raw.githubusercontent.com/docker/extensions-sdk/main/a.png" },
      ["icon_default"],
    ],
    [{ [LABELS.icon]: "https://example.com/docker-disk-lens.svg" }, []],
    [{ "org.opencontainers.image.base.name": "docker.io/library/alpine" }, ["labels_inherited"]],
    [{ maintainer: "me", "my.own": "x" }, []],
  ])("%j", (changes: Record<string, string>, expected) => {
    expect(codes(changes)).toEqual(expected);
  });

  test("the title without the word is told", () => {
    const [finding] = read({ [LABELS.title]: "Disk Lens Docker Extension" }).findings;
    expect(finding?.suggestion).toContain('title="Disk Lens"');
  });
});
