// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Compose and labels write variables so
/** Every reader of strangers' text, with samples of what it reads. */

import { readCompose } from "@/lib/extension/compose/compose";
import { readLabels } from "@/lib/extension/labels/labels";
import { parseMetadata } from "@/lib/extension/metadata/metadata";
import { parseReference } from "@/lib/extension/reference/reference";
import { parseRepository } from "@/lib/extension/reference/repository";
import { parseSemver } from "@/lib/extension/reference/semver";
import { classifyTag } from "@/lib/extension/reference/tag";
import { candidateTag } from "@/lib/extension/reference/tag-list";
import { parseRequirement, satisfies } from "@/lib/extension/requirement/requirement";
import { parseImageConfig } from "@/lib/inspection/image/image-config";
import { readAllLabels } from "@/lib/inspection/image/label-reading";
import { parseManifest } from "@/lib/registry/oci/manifest-document";
import { parseChallenge } from "@/lib/registry/transport/challenge";
import { nextPage } from "@/lib/registry/transport/link";
import { safeHtml } from "@/lib/safe-html/safe-html";
import { attestationManifest } from "@/scripts/demo/image/attestation";
import { imageManifest } from "@/scripts/demo/image/image";
import { EXTENSION_LABELS, EXTENSION_METADATA, extensionImage } from "@/tests/builders/extension-image";
import { gnuLongName, gzipped, paxHeader, tarOf } from "@/tests/builders/tar-bytes";
import type { Corpus } from "@/tests/registry/fuzz-run/mutate";
import { walk } from "@/tests/unit/archive/walk";

export type Target = {
  name: string;
  corpus: Corpus;
  read(input: Uint8Array): unknown;
  /** Part of the run's inputs, for readers that take milliseconds; all of them where it is absent. */
  share?: number;
};

const HEADER_BYTES = 8 * 1024;
const TEXT_BYTES = 4 * 1024;
const DOCUMENT_BYTES = 32 * 1024;

const REFERENCE = corpus(TEXT_BYTES, {
  samples: [
    "acme/disk-lens:1.0.0",
    "ghcr.io/acme/tools/disk-lens@sha256:9b74c9897bac770ffc029102a200c5de6e7dd1b9c1f8c5d5d8c4d9b1a3f1b2c4",
    "https://hub.docker.com/r/acme/disk-lens/tags?page=2",
    "https://open.docker.com/extensions/marketplace?extensionId=acme/disk-lens&tag=1.0.0",
    "$ docker extension install --force acme/disk-lens:1.0.0",
    "docker pull --platform linux/amd64 registry.example:5000/acme/disk-lens",
    "docker-desktop://extensions/marketplace?extensionId=acme/disk-lens",
    "[::1]:5000/acme/disk-lens",
  ],
  words: [
    "docker ",
    "pull ",
    "extension ",
    "install ",
    "acme",
    "/",
    ":",
    "@sha256:",
    ".",
    "-",
    "__",
    "https://",
    "hub.docker.com/",
    "r/",
    "?",
    "=",
    "latest",
    "A",
  ],
});

const TAGS = corpus(TEXT_BYTES, {
  samples: [
    "1.0.0\nv1.2.3-rc.1+build\nlatest\nmac-1.0.0\n1.0",
    "2147483648.99999999999999999999.0\n1.0.0-0.a.b\nv0.0.0",
  ],
  words: ["1", "0", ".", "-", "+", "v", "rc", "alpha", "\n", "latest", "_", "00", "999999999999999999999"],
});

const REQUIREMENT = corpus(TEXT_BYTES, {
  samples: [
    ">= 0.3.4",
    "^1.2 || ~0.3.0, != 0.3.1",
    "=> 0.2.3 < 1.x",
    "0.3.4 - 1.0",
    "*",
    "${VERSION}",
    ">=0.3.0-rc.1,<2",
  ],
  words: [
    ">=",
    "<=",
    "=>",
    "=<",
    "!=",
    ">",
    "<",
    "^",
    "~",
    "||",
    ",",
    " ",
    "-",
    ".",
    "0",
    "1",
    "x",
    "*",
    "v",
    "rc",
  ],
});

const CHALLENGE = corpus(HEADER_BYTES, {
  samples: [
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull"',
    'Basic realm="Registry", Bearer realm="x", error="invalid_token"',
    "Negotiate YII==, Bearer realm=a",
  ],
  words: ["Bearer ", "Basic ", "realm=", "service=", '"', ",", "\\", "=", " ", ";", "a", "scope=", "~"],
});

const LINK = corpus(HEADER_BYTES, {
  samples: [
    '</v2/acme/disk-lens/tags/list?last=1.0.0&n=1000>; rel="next"',
    '<https://registry.example/x>; rel=prev; title="a, b", <?n=2>; REL="first next"',
  ],
  words: ["<", ">", ";", "rel=", '"', "next", ",", " ", "=", "title=", "/v2/", "https://", "a", "*"],
});

const JSON_WORDS = [
  "{",
  "}",
  "[",
  "]",
  ":",
  ",",
  '"',
  '"a"',
  "null",
  "true",
  "0",
  "-1.5e3",
  "\\u0000",
  "\\ud800",
  " ",
];

const MANIFEST = corpus(DOCUMENT_BYTES, {
  samples: [
    extensionImage({ attestations: ["provenance", "sbom"] }).root.bytes,
    imageManifest({ labels: EXTENSION_LABELS }).bytes,
    attestationManifest(imageManifest({}), ["sbom"]).bytes,
    extensionImage({ flavour: "docker" }).root.bytes,
  ],
  words: [
    ...JSON_WORDS,
    '"manifests"',
    '"layers"',
    '"config"',
    '"mediaType"',
    '"schemaVersion":2',
    '"platform"',
    '"urls"',
  ],
});

const CONFIG = corpus(DOCUMENT_BYTES, {
  samples: extensionImage()
    .blobs.map(({ bytes }) => bytes)
    .filter((bytes) => bytes[0] === 0x7b),
  words: [
    ...JSON_WORDS,
    '"config"',
    '"Labels"',
    '"os"',
    '"architecture"',
    '"variant"',
    '"history"',
    '"rootfs"',
  ],
});

/** One label per line. */
const LABELS = corpus(DOCUMENT_BYTES, {
  samples: [
    lines(EXTENSION_LABELS),
    lines({ ...EXTENSION_LABELS, "com.docker.extension.categories": "a,,b;c" }),
  ],
  words: [
    "=",
    "\n",
    ",",
    "com.docker.extension.",
    "org.opencontainers.image.",
    "https://",
    "<p>",
    "[{",
    '"url":',
    "${A}",
    "}",
  ],
});

/** A real description has two or three kilobytes; a tag costs a parser of HTML some microseconds. */
const HTML = corpus(6 * 1024, {
  samples: [
    EXTENSION_LABELS["com.docker.extension.detailed-description"] ?? "",
    '<ul><li>One<li>Two</ul><img src=x onerror=alert(1)><a href="javascript:x">y</a><svg><style><img></style></svg>',
    "# Title\n\n* one\n* two\n\n[link](https://example.com) `code`",
    "<table><tr><td><table><b><i></b></i></table>&lt;&#x0;&notit;",
  ],
  words: [
    "<",
    ">",
    "</",
    "<p>",
    "<a href=",
    "<table>",
    "<td>",
    "<b>",
    "&",
    "&#",
    ";",
    "<!--",
    "-->",
    "<svg>",
    "<math>",
    "\n\n",
    "*",
  ],
});

const TAR = corpus(64 * 1024, {
  samples: [
    tarOf({ name: "metadata.json", content: JSON.stringify(EXTENSION_METADATA) }, { name: "ui/", type: "5" }),
    tarOf(
      paxHeader({ path: "a/b", size: "3" }),
      { name: "x", content: "abc" },
      { name: ".wh.metadata.json" },
    ),
    tarOf(
      gnuLongName("d/".repeat(80)),
      { name: "x" },
      { name: "l", type: "2", linkName: "../../etc/passwd" },
    ),
    tarOf({ name: "a/.wh..wh..opq" }, { name: "h", type: "1", linkName: "metadata.json" }),
    gzipped(tarOf({ name: "metadata.json", content: "{}" })),
  ],
  words: [
    "ustar\0" + "00",
    "metadata.json",
    ".wh.",
    "\0",
    "0000644\0",
    "00000000003\0",
    "../",
    "30 path=a\n",
    "././@LongLink",
  ],
});

const METADATA = corpus(DOCUMENT_BYTES, {
  samples: [
    JSON.stringify({
      ...EXTENSION_METADATA,
      vm: { composefile: "docker-compose.yaml", exposes: { socket: "a.sock" } },
      host: { binaries: [{ darwin: [{ path: "/darwin/tool" }], windows: [{ path: "/windows/tool.exe" }] }] },
    }),
    '{"icon":"x.svg","vm":{"image":"${DESKTOP_PLUGIN_IMAGE}"},"ui":{"dashboard-tab":{"title":"T","root":"/ui","src":"a"}}}',
  ],
  words: [
    ...JSON_WORDS,
    '"ui"',
    '"dashboard-tab"',
    '"vm"',
    '"host"',
    '"binaries"',
    '"darwin"',
    '"path"',
    '"../x"',
  ],
});

/** As long as a real one; the limits of longer ones are counted in tokens, and have tests of their own. */
const COMPOSE = corpus(3 * 1024, {
  samples: [
    "services:\n  api:\n    image: ${DESKTOP_PLUGIN_IMAGE}\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock\n    ports: ['127.0.0.1:8080:80/tcp']\n    privileged: true\n",
    "x-base: &base\n  cap_add: [SYS_ADMIN]\n  devices: ['/dev/fuse']\nservices:\n  a:\n    <<: *base\n    extends: {file: other.yaml, service: b}\n    env_file: .env\n",
    "include: [other.yaml]\nvolumes: {v: {driver_opts: {type: none, device: /}}}\nnetworks: {n: {driver: host}}\n",
    "{services: {a: {network_mode: host, pid: host, image: 'a:${V:-1}'}}}",
  ],
  words: [
    "services:",
    "\n  ",
    "- ",
    "image: ",
    "&a ",
    "*a",
    "<<: ",
    "{",
    "}",
    "[",
    "]",
    "|",
    ">",
    "#",
    "? ",
    ": ",
    "${A:-",
    "}",
    "!!map ",
    "---\n",
    "extends: ",
    "include: ",
  ],
});

const API = parseSemver("0.3.4");
const ENTRY = { host: "registry.example", origin: "https://registry.example", mayBePrivate: false };

export const TARGETS: readonly Target[] = [
  { name: "reference", corpus: REFERENCE, read: (input) => parseReference(textOf(input)) },
  { name: "tag", corpus: TAGS, read: readTags },
  { name: "requirement", corpus: REQUIREMENT, read: readRequirement },
  { name: "challenge", corpus: CHALLENGE, read: (input) => parseChallenge(textOf(input).split("\n")) },
  { name: "Link", corpus: LINK, read: readLink },
  { name: "manifest", corpus: MANIFEST, read: (input) => parseManifest(input, "", "it") },
  { name: "image config", corpus: CONFIG, read: (input) => parseImageConfig(input) },
  { name: "labels", corpus: LABELS, read: readLabelLines },
  { name: "HTML", corpus: HTML, share: 0.5, read: (input) => safeHtml(textOf(input)) },
  { name: "tar", corpus: TAR, read: (input) => walk(input) },
  { name: "metadata.json", corpus: METADATA, read: (input) => parseMetadata(input) },
  { name: "compose", corpus: COMPOSE, share: 0.5, read: readComposeFile },
];

function readTags(input: Uint8Array): void {
  const tags = textOf(input).split("\n");
  for (const tag of tags) classifyTag(tag);
  candidateTag(tags);
}

function readRequirement(input: Uint8Array): void {
  const requirement = parseRequirement(textOf(input));
  if (API !== undefined)
    for (const reading of ["minimum", "exact"] as const) satisfies(requirement, API, reading);
}

function readLink(input: Uint8Array): void {
  const line = textOf(input);
  const headers = { get: () => line, all: () => [line] };
  const url = new URL("https://registry.example/v2/acme/x/tags/list");
  const body = { body: (async function* () {})(), discard: async () => {}, ended: Promise.resolve() };
  nextPage({ url, status: 200, headers, ...body }, ENTRY);
}

function readLabelLines(input: Uint8Array): void {
  const labels = Object.fromEntries(
    textOf(input)
      .split("\n")
      .map((line) => [line.slice(0, Math.max(0, line.indexOf("="))), line.slice(line.indexOf("=") + 1)]),
  );
  readLabels(labels);
  const shared = { disputed: false };
  readAllLabels({
    repository: parseRepository("acme/disk-lens"),
    images: [
      {
        ...shared,
        platform: { os: "linux", architecture: "amd64" },
        labels: EXTENSION_LABELS,
        annotations: labels,
      },
      { ...shared, platform: { os: "linux", architecture: "arm64" }, labels, annotations: {} },
    ],
  });
}

function readComposeFile(input: Uint8Array): void {
  const files = new Map([
    ["/docker-compose.yaml", input],
    ["/other.yaml", Buffer.from("services: {b: {image: b}}")],
    ["/.env", input.subarray(0, 500)],
  ]);
  readCompose({ path: "/docker-compose.yaml", files, ownImage: "acme/disk-lens:1.0.0" });
}

function textOf(input: Uint8Array): string {
  return Buffer.from(input).toString("utf8");
}

function lines(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join("\n");
}

function corpus(
  maxBytes: number,
  { samples, words }: { samples: readonly (string | Uint8Array)[]; words: readonly string[] },
): Corpus {
  const [first, ...others] = samples.map((sample) =>
    typeof sample === "string" ? Buffer.from(sample) : sample,
  );
  const [word, ...rest] = words;
  if (first === undefined || word === undefined) throw new Error("A corpus has samples and words.");
  return { samples: [first, ...others], words: [word, ...rest], maxBytes };
}
