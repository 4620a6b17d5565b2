/** What a hostile publisher can put before an inspection: each case is served as one repository. */

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { type BuiltImage, imageIndex, imageManifest, layer } from "@/scripts/demo/image/image";
import { MEDIA_TYPES, piece } from "@/scripts/demo/image/piece";
import { type TarEntry, tar } from "@/scripts/demo/image/tar";
import { EXTENSION_LABELS, EXTENSION_METADATA, extensionImage } from "@/tests/builders/extension-image";

/** An image under the tag 1.0.0, or a list of tags whose greatest version is that image. */
export type HostileCase = { name: string; image: () => BuiltImage; tags?: () => string[] };

const MEBIBYTE = 2 ** 20;
const list = <Item>(count: number, make: (at: number) => Item): Item[] =>
  Array.from({ length: count }, (_, at) => make(at));

function composed(files: Record<string, string>): BuiltImage {
  return extensionImage({ metadata: { ...EXTENSION_METADATA, vm: { composefile: "c.yaml" } }, files });
}

const includes = (path: string, times: number) => `include:\n${`  - ${path}\n`.repeat(times)}`;
const variables = (count: number) => list(count, (at) => `\${A${at}:-}`).join("");
const chain = ["c.yaml", ...list(6, (at) => `f${at}.yaml`)];
const laughs = ["a: &a [x,x,x,x,x,x,x,x,x,x]"].concat(
  list(9, (at) => {
    const [before, name] = [String.fromCharCode(97 + at), String.fromCharCode(98 + at)];
    return `${name}: &${name} [${Array(10).fill(`*${before}`).join(",")}]`;
  }),
);
const base = `services:\n  base:\n    image: a\n    cap_add: [${list(2_000, (at) => `c${at}`).join(",")}]\n`;

const COMPOSE: HostileCase[] = [
  ["compose: a file that includes itself 16 times", { "c.yaml": includes("c.yaml", 16) }],
  ["compose: a file that includes itself 30 times", { "c.yaml": includes("c.yaml", 30) }],
  [
    "compose: seven files that include the next one 30 times",
    Object.fromEntries(
      chain.map((path, at) => [path, at < 6 ? includes(chain[at + 1] ?? "", 30) : "services: {}\n"]),
    ),
  ],
  ["compose: 20,000 variables", { "c.yaml": `x-a: "${variables(20_000)}"\nservices: {}\n` }],
  ["compose: 1 MiB of variables", { "c.yaml": `x-a: "${`\${A:-}`.repeat(170_000)}"\n` }],
  [
    "compose: 500 services that extend one with 2,000 items",
    { "c.yaml": base + list(500, (at) => `  s${at}: { extends: base, cap_add: [x] }\n`).join("") },
  ],
  ["compose: aliases that multiply", { "c.yaml": laughs.join("\n") }],
  ["compose: 100,000 brackets", { "c.yaml": "[".repeat(100_000) }],
  [
    "compose: 29,000 nodes in 1 MiB",
    { "c.yaml": `x:\n${list(9_000, (at) => `  k${at}: ${"v".repeat(100)}\n`).join("")}` },
  ],
  [
    "compose: an env file that doubles its variables",
    {
      "c.yaml": "services:\n  a: { image: a, env_file: a.env }\n",
      "a.env": `V0=${"x".repeat(1_000)}\n${list(4_000, (at) => `V${at + 1}=$V${at}$V${at}`).join("\n")}`,
    },
  ],
].map(([name, files]) => ({ name: String(name), image: () => composed(Object(files)) }));

const labelled = (name: string, labels: Record<string, string>): HostileCase => ({
  name,
  image: () => extensionImage({ labels }),
});

/** Just below what one label may have. */
const LABEL = 63 * 1024;
const filled = (text: string) => text.repeat(Math.ceil(LABEL / text.length)).slice(0, LABEL);
const text = (name: string, source: string) =>
  labelled(`label: ${name}`, {
    "com.docker.extension.detailed-description": source,
    "com.docker.extension.changelog": source,
  });
const samples: unknown = JSON.parse(
  readFileSync(new URL("../../samples/hostile-texts.json", import.meta.url), "utf8"),
);

const LABELS: HostileCase[] = [
  text("63 KiB of Markdown marks", filled("*_[`<~ ")),
  text("16 KiB of prose in Markdown", "A **word** and a [link](https://acme.example). ".repeat(330)),
  text("12 quotations inside one another", `${"> ".repeat(12)}a\n`.repeat(49)),
  text("600 marks of emphasis", "*a **b ".repeat(120)),
  text("links without end", "[a](".repeat(140)),
  text("1,500 formatting tags", "<b><i>x".repeat(6) + "<p>y".repeat(1_480)),
  text("deep tables", "<table><tr><td>".repeat(450)),
  text("the hostile samples", Array.isArray(samples) ? samples.join("\n\n").slice(0, LABEL) : ""),
  labelled("label: a requirement of 63 KiB", {
    "com.docker.desktop.extension.api.version": list(5_500, (at) => `=1.${at}.0`)
      .join("||")
      .slice(0, LABEL),
  }),
  labelled("label: screenshots of 63 KiB", {
    "com.docker.extension.screenshots": JSON.stringify(
      list(900, (at) => ({ alt: `${at}`, url: `https://a.example/${at}` })),
    ),
  }),
  labelled("label: what looks like secrets", {
    ...Object.fromEntries(
      list(3, (at): [string, string] => [
        `x.${at}`,
        filled("eyJaaaaaaaaaaa.token=sk-proj-aaaaaaaaaaaaaaaa "),
      ]),
    ),
  }),
  labelled(
    "labels: 100,000 small ones",
    Object.fromEntries(list(100_000, (at): [string, string] => [`x.${at}`, "y"])),
  ),
];

const deep = (open: string, close: string, bytes: number) => {
  const times = Math.floor(bytes / (open.length + close.length));
  return open.repeat(times) + close.repeat(times);
};

const METADATA: HostileCase[] = [
  ["metadata.json: 1 MiB of brackets", deep("[", "]", MEBIBYTE - 10)],
  [
    "metadata.json: 1 MiB of objects inside one another",
    deep('{"a":', "}", MEBIBYTE - 10).replace(/:}/, ":1}"),
  ],
  ["metadata.json: 100,000 keys", JSON.stringify(Object.fromEntries(list(80_000, (at) => [`k${at}`, at])))],
  ["metadata.json: 1 MiB of empty lists", `{"ui":[${"[],".repeat(300_000)}[]]}`],
  [
    "metadata.json: 20,000 host binaries",
    JSON.stringify({
      ...EXTENSION_METADATA,
      host: {
        binaries: [{ linux: list(20_000, (at) => ({ path: `/b/${at}` })) }],
      },
    }),
  ],
].map(([name, metadata]) => ({
  name: String(name),
  image: () => extensionImage({ metadata: String(metadata) }),
}));

/** A manifest of nearly 4 MiB, most of it empty lists that no reader needs. */
function largeManifest(at: number, filler: string) {
  const built = imageManifest({
    platform: { os: "linux", architecture: at === 0 ? "amd64" : at === 1 ? "arm64" : `a${at}` },
    labels: EXTENSION_LABELS,
    layers: [layer([{ path: "metadata.json", content: JSON.stringify(EXTENSION_METADATA) }])],
  });
  const bytes = built.bytes.toString().replace(/\}$/, `,"annotations":{"x":"${at}"},"x":${filler}}`);
  return { ...piece(MEDIA_TYPES.oci.manifest, bytes), blobs: built.blobs, platform: built.platform };
}

const MANIFESTS: HostileCase[] = [
  {
    name: "manifests: 256 of 4 MiB",
    image: () => {
      const filler = `[${"[],".repeat(1.3 * MEBIBYTE)}[]]`;
      return imageIndex(Array.from({ length: 256 }, (_, at) => largeManifest(at, filler)));
    },
  },
  {
    name: "manifests: two, nested 2,000,000 deep",
    image: () => imageIndex([0, 1].map((at) => largeManifest(at, deep("[", "]", 3.9 * MEBIBYTE)))),
  },
  {
    name: "manifests: 512 layers with 7 KiB of annotations each",
    image: () => {
      const one = layer([{ path: "metadata.json", content: JSON.stringify(EXTENSION_METADATA) }]);
      const built = imageManifest({ labels: EXTENSION_LABELS, layers: Array(512).fill(one) });
      const bytes = built.bytes
        .toString()
        .replaceAll(
          `"size":${one.bytes.length}`,
          `"size":${one.bytes.length},"annotations":{"x":"${"y".repeat(7_000)}"}`,
        );
      return imageIndex([
        { ...piece(MEDIA_TYPES.oci.manifest, bytes), blobs: built.blobs, platform: built.platform },
      ]);
    },
  },
  {
    name: "configs: four with 900 KiB of environment and history",
    image: () =>
      imageIndex(
        ["amd64", "arm64", "s390x", "ppc64le"].map((architecture) =>
          imageManifest({
            platform: { os: "linux", architecture },
            layers: [layer([{ path: "metadata.json", content: JSON.stringify(EXTENSION_METADATA) }])],
            config: {
              config: {
                Labels: EXTENSION_LABELS,
                Env: list(900, (at) => `A${at}=${"token=abc ".repeat(50)}`),
              },
              history: list(900, (at) => ({
                created_by: `RUN ${at} ${"sk-proj-aaaa ".repeat(40)}`,
              })),
            },
          }),
        ),
      ),
  },
];

const TAGS: HostileCase[] = [
  {
    name: "tags: 100,000 long versions",
    image: () => extensionImage(),
    tags: () => ["1.0.0", ...list(99_999, (at) => `0.${at}.0-${"a.".repeat(20)}b`)],
  },
  {
    name: "tags: 100,000 stable versions",
    image: () => extensionImage(),
    tags: () => ["1.0.0", ...list(99_999, (at) => `0.${at % 300}.${at}`)],
  },
  {
    name: "tags: 100,000 that are none",
    image: () => extensionImage(),
    tags: () => ["1.0.0", ...list(99_999, (at) => `mac-os-release-candidate.1.2.${at}-${"x".repeat(40)}`)],
  },
];

const small = [
  { path: "metadata.json", content: JSON.stringify(EXTENSION_METADATA) },
  { path: "disk-lens.svg", content: "<svg/>" },
];

const LAYERS: HostileCase[] = [
  {
    name: "layers: a gigabyte of zeros",
    image: () => {
      const bytes = Buffer.concat(Array(16).fill(gzipSync(Buffer.alloc(2 ** 26))));
      return extensionImage({
        layers: [layer(small), { ...piece(MEDIA_TYPES.oci.gzip, bytes), diffId: `sha256:${"0".repeat(64)}` }],
      });
    },
  },
  {
    name: "layers: 190,000 files",
    image: () => {
      const entries = list(190_000, (at) => ({ path: `f/${at}`, content: "" }));
      return extensionImage({ layers: [layer(small), layer(entries)] });
    },
  },
  {
    name: "layers: 5,000 paths of 4,000 characters",
    image: () => {
      const entries = list(5_000, (at) => `${"d/".repeat(120)}${"x".repeat(240)}/${at}`).map((path) => ({
        path,
        content: "",
      }));
      return extensionImage({ layers: [layer(small), layer(tar(entries))] });
    },
  },
];

/** Each of many layers has the folders of the missing files, with many names in other letters, and links below the page. */
const NAMED_FILES: HostileCase[] = [
  {
    name: "named files: 1,000 that are missing, in 60 layers of 3,000 files and links",
    image: () => {
      const host = { binaries: [{ linux: list(1_000, (at) => ({ path: `/f${at % 20}/lens-${at}` })) }] };
      const metadata = { path: "metadata.json", content: JSON.stringify({ ...EXTENSION_METADATA, host }) };
      const full = (one: number) =>
        list(3_000, (at): TarEntry => {
          if (at % 3 === 0) return { path: `ui/${one}/${at}`, type: "symlink", linkTo: "../.." };
          return { path: `f${at % 20}/Lens-${one}-${at}`, content: "" };
        });
      return extensionImage({ layers: [...list(60, (one) => layer(full(one))), layer([metadata])] });
    },
  },
  {
    name: "named files: 1,000 with 200 folders each, in 100 layers",
    image: () => {
      const path = `${"d/".repeat(200)}lens`;
      const host = { binaries: [{ linux: list(1_000, (at) => ({ path: `/${path}-${at}` })) }] };
      const metadata = { path: "metadata.json", content: JSON.stringify({ ...EXTENSION_METADATA, host }) };
      const layers = list(100, (one) => layer([{ path: `${"d/".repeat(200)}${one}`, content: "" }]));
      return extensionImage({ layers: [...layers, layer([metadata])] });
    },
  },
];

const ORDINARY: HostileCase[] = [{ name: "an ordinary extension", image: () => extensionImage() }];

export const CASES: readonly HostileCase[] = [
  ...ORDINARY,
  ...COMPOSE,
  ...LABELS,
  ...METADATA,
  ...MANIFESTS,
  ...TAGS,
  ...LAYERS,
  ...NAMED_FILES,
];
