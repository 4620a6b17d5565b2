import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import { imageManifest, layer } from "@/scripts/demo/image/image";
import { descriptorOf, jsonPiece, MEDIA_TYPES, type Piece, piece } from "@/scripts/demo/image/piece";
import { extensionImage } from "@/tests/builders/extension-image";
import {
  type Answer,
  type HostileRegistry,
  startHostileRegistry,
  startTrap,
} from "@/tests/support/registries/hostile-registry";
import { type OpenClient, openClient } from "@/tests/support/registries/registry-client";

const PATH = "/v2/acme/disk-lens/manifests";
const { oci, docker } = MEDIA_TYPES;
const IMAGE = extensionImage();
const MANIFEST = imageManifest({ layers: [layer([{ path: "a", content: "a" }])] });

let server: HostileRegistry;
let open: OpenClient;

beforeEach(async () => {
  server = await startHostileRegistry();
  open = openClient(server.url);
});
afterEach(async () => {
  await open.close();
  await server.stop();
});

const repository = () => repositoryOfName(`${server.host}/acme/disk-lens`);
const fetchTag = () => open.client.manifest(repository(), "1.0.0");

/** As an honest registry would answer, unless `headers` say otherwise. */
function serve(
  content: Piece,
  headers: Record<string, string | undefined> = {},
  path = `${PATH}/1.0.0`,
): void {
  const honest = { "content-type": content.mediaType, "docker-content-digest": content.digest };
  const all = Object.entries({ ...honest, ...headers });
  const kept = all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  server.on(path, { headers: Object.fromEntries(kept), body: content.bytes });
}

/** A document under a type, with a digest that fits. */
function serveDocument(document: unknown, mediaType: string): void {
  serve(jsonPiece(mediaType, document));
}

describe("what is requested", () => {
  test("all four manifest types are accepted, always", async () => {
    serve(IMAGE.root);
    await fetchTag();
    for (const type of [oci.index, oci.manifest, docker.index, docker.manifest]) {
      expect(server.requests[0]?.headers.accept).toContain(type);
    }
  });

  test.each(["../../x", "a/b", "", "sha256:short", `md5:${"a".repeat(32)}`, "a".repeat(129), "1.0.0?x=1"])(
    "%j is neither tag nor digest and is never sent",
    async (reference) => {
      await expect(open.client.manifest(repository(), reference)).rejects.toMatchObject({
        code: "reference_invalid",
      });
      expect(server.requests).toHaveLength(0);
    },
  );
});

describe("digests", () => {
  test("a tag's bytes must have the digest that the registry states", async () => {
    serve(IMAGE.root, { "docker-content-digest": MANIFEST.digest });
    await expect(fetchTag()).rejects.toMatchObject({ code: "digest_mismatch" });
  });

  test("bytes asked for by digest must have it", async () => {
    const path = `${PATH}/${MANIFEST.digest}`;
    serve(IMAGE.root, {}, path);
    await expect(open.client.manifest(repository(), MANIFEST.digest)).rejects.toMatchObject({
      code: "digest_mismatch",
    });
    serve(IMAGE.root, { "docker-content-digest": undefined }, path);
    await expect(open.client.manifest(repository(), MANIFEST.digest)).rejects.toMatchObject({
      code: "digest_mismatch",
    });
  });

  test("without Docker-Content-Digest the digest is computed", async () => {
    serve(IMAGE.root, { "docker-content-digest": undefined });
    expect((await fetchTag()).digest).toBe(IMAGE.root.digest);
  });

  test.each([`md5:${"a".repeat(32)}`, "sha256:short", `sha256:${"A".repeat(64)}`, "sha256:../../x"])(
    "a stated digest %j breaks the protocol",
    async (stated) => {
      serve(IMAGE.root, { "docker-content-digest": stated });
      await expect(fetchTag()).rejects.toMatchObject({ code: "registry_protocol" });
    },
  );

  test("sha512 is verified as well", async () => {
    const digest = `sha512:${createHash("sha512").update(IMAGE.root.bytes).digest("hex")}`;
    serve(IMAGE.root, { "docker-content-digest": digest });
    expect((await fetchTag()).digest).toBe(digest);
    serve(IMAGE.root, {
      "docker-content-digest": digest.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
    });
    await expect(fetchTag()).rejects.toMatchObject({ code: "digest_mismatch" });
  });
});

describe("media types", () => {
  test.each(["; charset=utf-8", ";charset=utf-8", " ; a=b"])(
    "the parameters %j are ignored",
    async (parameters) => {
      serve(IMAGE.root, { "content-type": `${IMAGE.root.mediaType}${parameters}` });
      expect((await fetchTag()).mediaType).toBe(oci.index);
    },
  );

  test("without a Content-Type the document is believed", async () => {
    serve(IMAGE.root, { "content-type": undefined });
    expect(await fetchTag()).toMatchObject({ mediaType: oci.index, document: { kind: "index" } });
    serve(MANIFEST, { "content-type": undefined });
    expect(await fetchTag()).toMatchObject({ mediaType: oci.manifest, document: { kind: "manifest" } });
  });

  const index = { schemaVersion: 2, manifests: [] };
  const manifest = { schemaVersion: 2, config: descriptorOf(MANIFEST.blobs[0] ?? MANIFEST), layers: [] };

  test.each<[name: string, document: unknown, type: string]>([
    ["an index called a manifest", index, oci.manifest],
    ["a manifest called an index", manifest, oci.index],
    ["a mediaType field that says otherwise", { ...index, mediaType: docker.index }, oci.index],
    ["a mediaType field of nonsense", { ...manifest, mediaType: "text/plain" }, oci.manifest],
    ["both an index and a manifest", { ...manifest, ...index }, oci.manifest],
    ["both a manifest and an index", { ...manifest, ...index }, oci.index],
  ])("%s is confusion", async (_name, document, type) => {
    serveDocument(document, type);
    await expect(fetchTag()).rejects.toMatchObject({ code: "media_type_confusion" });
  });

  /** Two layers for two readers: each takes another one of the keys. */
  const config = JSON.stringify(manifest.config);
  const fields = (layers: string) => `{"schemaVersion":2,"config":${config},${layers}}`;

  test.each<[name: string, text: string, words: RegExp]>([
    ["layers twice", fields('"layers":[],"layers":[]'), /“layers” occurs more than once/],
    [
      "layers in capitals too",
      fields('"layers":[],"Layers":[]'),
      /“Layers”, which some readers treat as “layers”/,
    ],
    ["layers with a long s", fields('"layers":[],"layer\u017f":[]'), /“layerſ”, which/],
    ["only in capitals", fields('"LAYERS":[],"layers":[]'), /“LAYERS”, which/],
    ["config twice", fields(`"layers":[],"config":${config}`), /“config” occurs more than once/],
    ["a digest twice", fields(`"layers":[{"digest":"a",${config.slice(1)}]`), /“layers\[0\].digest” occurs/],
    ["a digest in capitals", fields(`"layers":[{"Digest":"a",${config.slice(1)}]`), /“Digest”, which/],
    [
      "17 levels",
      fields(`"layers":[],"x":${"[".repeat(16)}${"]".repeat(16)}`),
      /more than 16 levels of nesting/,
    ],
  ])("%s is confusion: other readers would pull another image", async (_name, text, words) => {
    serve(piece(oci.manifest, text));
    await expect(fetchTag()).rejects.toMatchObject({
      code: "media_type_confusion",
      retryable: false,
      message: expect.stringMatching(words),
    });
  });

  test("a web page in place of a manifest is the registry's trouble, whatever it says", async () => {
    server.on(`${PATH}/1.0.0`, {
      headers: { "content-type": "text/html; charset=utf-8" },
      body: "<html>Sign in",
    });
    await expect(fetchTag()).rejects.toMatchObject({ code: "registry_content_type", retryable: true });
  });

  test("an index is read as strictly, and annotations may be called what they like", async () => {
    const entry = { ...descriptorOf(MANIFEST), annotations: { Digest: "x", LAYERS: "y" } };
    serveDocument({ ...index, manifests: [entry], annotations: { Manifests: "x" } }, oci.index);
    await expect(fetchTag()).resolves.toBeDefined();
    serveDocument({ ...index, manifests: [{ ...entry, platform: { OS: "linux" } }] }, oci.index);
    await expect(fetchTag()).rejects.toMatchObject({ code: "media_type_confusion" });
  });

  const withConfig = (mediaType: string) => ({ ...manifest, config: { ...manifest.config, mediaType } });

  test.each<[name: string, document: unknown, type: string, words: RegExp]>([
    [
      "schema 1",
      { schemaVersion: 1 },
      "application/vnd.docker.distribution.manifest.v1+prettyjws",
      /schema 1/,
    ],
    ["schema 1 under a new name", { schemaVersion: 1, fsLayers: [] }, docker.manifest, /schema 1/],
    ["an artifact", {}, "application/vnd.oci.artifact.manifest.v1+json", /OCI artifact/],
    ["a Helm chart", withConfig("application/vnd.cncf.helm.config.v1+json"), oci.manifest, /Helm chart/],
    ["an empty config", withConfig("application/vnd.oci.empty.v1+json"), oci.manifest, /OCI artifact/],
    ["an unknown config", withConfig("application/x-unknown"), oci.manifest, /application\/x-unknown/],
  ])("%s is no container image, and the message says what it is", async (_name, document, type, words) => {
    serveDocument(document, type);
    await expect(fetchTag()).rejects.toMatchObject({
      code: "unsupported_media_type",
      retryable: false,
      message: expect.stringMatching(words),
    });
  });
});

describe("documents", () => {
  const config = descriptorOf(MANIFEST.blobs[0] ?? MANIFEST);
  const entry = descriptorOf(MANIFEST);
  const withLayer = (change: object) => ({ schemaVersion: 2, config, layers: [{ ...config, ...change }] });
  const withEntry = (change: object) => ({ schemaVersion: 2, manifests: [{ ...entry, ...change }] });

  test.each<[name: string, document: unknown, type: string]>([
    ["md5 digest", withLayer({ digest: `md5:${"a".repeat(32)}` }), oci.manifest],
    ["upper-case digest", withLayer({ digest: entry.digest.toUpperCase() }), oci.manifest],
    ["short digest", withEntry({ digest: "sha256:abc" }), oci.index],
    ["digest with a path", withEntry({ digest: "sha256:../../x" }), oci.index],
    ["negative size", withLayer({ size: -1 }), oci.manifest],
    ["huge size", withLayer({ size: 1e300 }), oci.manifest],
    ["half a byte", withLayer({ size: 1.5 }), oci.manifest],
    ["text for a size", withLayer({ size: "1" }), oci.manifest],
    ["platform as text", withEntry({ platform: "linux/amd64" }), oci.index],
    ["annotations as a list", withEntry({ annotations: [1] }), oci.index],
    ["entry null", { schemaVersion: 2, manifests: [null] }, oci.index],
    ["manifests as an object", { schemaVersion: 2, manifests: {} }, oci.index],
    ["no layers", { schemaVersion: 2, config }, oci.manifest],
    ["no config", { schemaVersion: 2, layers: [] }, oci.manifest],
    ["schemaVersion as text", { schemaVersion: "2", manifests: [] }, oci.index],
    ["no schemaVersion", { manifests: [] }, oci.index],
    ["a list", [], oci.index],
    ["null", null, oci.index],
  ])("%s can't be used, now or later", async (_name, document, type) => {
    serveDocument(document, type);
    await expect(fetchTag()).rejects.toMatchObject({ code: "registry_protocol", retryable: false });
  });

  test.each(["", "{", "\ufeff{}", "<html>"])("%j is not JSON", async (text) => {
    serve(piece(oci.index, text));
    await expect(fetchTag()).rejects.toMatchObject({ code: "registry_protocol", retryable: false });
  });

  test("absent fields may be written as null", async () => {
    serveDocument(
      { ...withEntry({ platform: null, annotations: null, urls: null }), mediaType: null },
      oci.index,
    );
    expect((await fetchTag()).document).toEqual({
      kind: "index",
      entries: [
        {
          mediaType: entry.mediaType,
          digest: entry.digest,
          sizeBytes: entry.size,
          annotations: {},
          foreign: false,
        },
      ],
    });
  });

  test("names of object members do no harm", async () => {
    const text = JSON.stringify(withEntry({ annotations: { a: "b" } })).replace('"a":', '"__proto__":');
    serve(piece(oci.index, text));
    await fetchTag();
    expect(Object.hasOwn(Object.prototype, "b")).toBe(false);
  });

  test("attestation entries come through with their annotations", async () => {
    serve(extensionImage({ attestations: ["provenance"] }).root);
    const { document } = await fetchTag();
    if (document.kind !== "index") throw new Error("An index was served.");
    expect(document.entries.at(-1)).toMatchObject({
      platform: { os: "unknown", architecture: "unknown" },
      annotations: { "vnd.docker.reference.type": "attestation-manifest" },
    });
  });

  test("layers that claim to live elsewhere are marked and never fetched", async () => {
    const trap = await startTrap();
    const urls = [`${trap.url}/layer`, "http://169.254.169.254/"];
    serveDocument(withLayer({ urls }), oci.manifest);
    const { document } = await fetchTag();
    if (document.kind !== "manifest") throw new Error("A manifest was served.");
    const [foreign] = document.layers;
    if (foreign === undefined) throw new Error("It has a layer.");
    expect(foreign.foreign).toBe(true);
    await expect(open.client.blob(repository(), foreign)).rejects.toMatchObject({
      code: "reference_not_found",
    });
    expect(trap.connections()).toBe(0);
    await trap.stop();
  });
});

describe("limits", () => {
  const config = descriptorOf(MANIFEST.blobs[0] ?? MANIFEST);
  const repeated = (count: number) => Array.from({ length: count }, () => config);

  test("256 entries are read, 257 are not", async () => {
    serveDocument({ schemaVersion: 2, manifests: repeated(256) }, oci.index);
    await expect(fetchTag()).resolves.toBeDefined();
    serveDocument({ schemaVersion: 2, manifests: repeated(257) }, oci.index);
    await expect(fetchTag()).rejects.toMatchObject({ code: "limit_exceeded" });
  });

  test("512 layers are read, 513 are not", async () => {
    serveDocument({ schemaVersion: 2, config, layers: repeated(512) }, oci.manifest);
    await expect(fetchTag()).resolves.toBeDefined();
    serveDocument({ schemaVersion: 2, config, layers: repeated(513) }, oci.manifest);
    await expect(fetchTag()).rejects.toMatchObject({ code: "limit_exceeded" });
  });

  test("4 MiB are read, one byte more is cut off", async () => {
    const filled = (bytes: number) => piece(oci.index, IMAGE.root.bytes.toString().padEnd(bytes, " "));
    serve(filled(4 * 1024 * 1024));
    await expect(fetchTag()).resolves.toBeDefined();
    serve(filled(4 * 1024 * 1024 + 1));
    await expect(fetchTag()).rejects.toMatchObject({ code: "limit_exceeded" });
  });
});

describe("resolve", () => {
  const resolve = (reference = "1.0.0") => open.client.resolve(repository(), reference);
  const answer = { digest: IMAGE.root.digest, mediaType: oci.index, sizeBytes: IMAGE.root.bytes.length };
  const honest = {
    "content-type": oci.index,
    "docker-content-digest": IMAGE.root.digest,
    "content-length": String(IMAGE.root.bytes.length),
  };

  /** HEAD answers `head`; GET is honest. */
  function serveHead(head: Answer): void {
    server.on(`${PATH}/1.0.0`, ({ method }) =>
      method === "HEAD" ? head : { headers: honest, body: IMAGE.root.bytes },
    );
  }
  const methods = () => server.requests.map((each) => each.method);

  test("one HEAD is enough", async () => {
    serveHead({ headers: honest });
    expect(await resolve()).toEqual(answer);
    expect(methods()).toEqual(["HEAD"]);
  });

  test.each<[name: string, head: Answer]>([
    ["without a digest", { headers: { "content-type": oci.index, "content-length": "5" } }],
    [
      "without a length",
      { headers: { ...honest, "content-length": undefined, "transfer-encoding": "chunked" } },
    ],
    ["without a type", { headers: { ...honest, "content-type": undefined } }],
    ["with another type", { headers: { ...honest, "content-type": "text/html" } }],
    ["with the length of its empty body", { headers: { ...honest, "content-length": "0" } }],
    ["with a length over the limit", { headers: { ...honest, "content-length": "99999999" } }],
    ["405", { status: 405 }],
    ["400", { status: 400 }],
    ["404", { status: 404 }],
  ])("a HEAD answer %s falls back to GET", async (_name, head) => {
    serveHead(head);
    expect(await resolve()).toEqual(answer);
    expect(methods()).toEqual(["HEAD", "GET"]);
  });

  test("a digest that answers with another digest is a mismatch", async () => {
    server.on(`${PATH}/${MANIFEST.digest}`, { headers: honest });
    await expect(resolve(MANIFEST.digest)).rejects.toMatchObject({ code: "digest_mismatch" });
  });

  test("a failing registry gets no second request by GET", async () => {
    server.on(`${PATH}/1.0.0`, { status: 500 });
    await expect(resolve()).rejects.toMatchObject({ code: "registry_error", retryable: true });
    expect(methods()).toEqual(["HEAD"]);
  });
});
