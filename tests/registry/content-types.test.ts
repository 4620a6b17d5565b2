import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseDigest } from "@/lib/extension/reference/digest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import { attributeError } from "@/lib/inspection/error-attribution";
import { imageManifest, layer } from "@/scripts/demo/image/image";
import { descriptorOf, jsonPiece, MEDIA_TYPES, type Piece } from "@/scripts/demo/image/piece";
import { extensionImage } from "@/tests/builders/extension-image";
import { type HostileRegistry, startHostileRegistry } from "@/tests/support/registries/hostile-registry";
import { type OpenClient, openClient } from "@/tests/support/registries/registry-client";

const PATH = "/v2/acme/disk-lens/manifests";
const { oci, docker } = MEDIA_TYPES;
const INDEX = extensionImage().root;
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

function serve(content: Pick<Piece, "bytes">, contentType: string | undefined, reference = "1.0.0"): void {
  const headers = contentType === undefined ? {} : { "content-type": contentType };
  server.on(`${PATH}/${reference}`, { headers, body: content.bytes });
}

const read = (reference = "1.0.0") =>
  open.client.manifest(repositoryOfName(`${server.host}/acme/disk-lens`), reference);

const NEUTRAL = [
  undefined,
  "text/plain",
  "text/plain; charset=utf-8",
  "application/json",
  "application/json;charset=UTF-8",
  "Application/JSON",
  "application/octet-stream",
  "binary/octet-stream",
  "application/x-www-form-urlencoded",
  "nonsense",
];

describe.each(NEUTRAL)("under the Content-Type %j", (contentType) => {
  test("an index and a manifest say what they are", async () => {
    serve(INDEX, contentType);
    expect(await read()).toMatchObject({ digest: INDEX.digest, mediaType: oci.index });
    serve(MANIFEST, contentType);
    expect(await read()).toMatchObject({ mediaType: oci.manifest, document: { kind: "manifest" } });
  });

  test("documents without a mediaType field are known by their shape, as OCI's", async () => {
    const config = descriptorOf(MANIFEST.blobs[0] ?? MANIFEST);
    serve(jsonPiece("", { schemaVersion: 2, manifests: [descriptorOf(MANIFEST)] }), contentType);
    expect(await read()).toMatchObject({ mediaType: oci.index });
    serve(jsonPiece("", { schemaVersion: 2, config, layers: [] }), contentType);
    expect(await read()).toMatchObject({ mediaType: oci.manifest });
  });

  test("anything but a manifest is the registry's problem, with the header", async () => {
    for (const body of ["<html>Sign in", '{"errors":[{"code":"DENIED"}]}', "", "[]", "null"]) {
      serve({ bytes: Buffer.from(body) }, contentType);
      const error = await read().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "registry_content_type", retryable: true });
      expect(String(error)).toContain(contentType === undefined ? "no Content-Type" : `“${contentType}”`);
      expect(attributeError(error)).toBe("ours");
    }
  });

  test("a document that contradicts itself is confusion, as under a type of its own", async () => {
    const config = descriptorOf(MANIFEST);
    const layers: unknown[] = [];
    for (const document of [
      { schemaVersion: 2, mediaType: oci.index, config, layers },
      { schemaVersion: 2, mediaType: oci.manifest, manifests: [] },
      { schemaVersion: 2, manifests: [], config, layers },
    ]) {
      serve(jsonPiece("", document), contentType);
      await expect(read()).rejects.toMatchObject({ code: "media_type_confusion" });
    }
  });

  test("an artifact is no container image, by its own word", async () => {
    const config = { ...descriptorOf(MANIFEST), mediaType: "application/vnd.cncf.helm.config.v1+json" };
    serve(jsonPiece("", { schemaVersion: 2, config, layers: [] }), contentType);
    await expect(read()).rejects.toMatchObject({ code: "unsupported_media_type" });
    serve(jsonPiece("", { schemaVersion: 1, fsLayers: [] }), contentType);
    await expect(read()).rejects.toMatchObject({ code: "unsupported_media_type" });
  });
});

test("bytes that were requested by digest are the image's own, so their faults are not the registry's", async () => {
  const document = jsonPiece("", { schemaVersion: 2.5, manifests: [] });
  const digest = parseDigest(document.digest);
  if (digest === undefined) throw new Error("A sha256 is a digest.");
  serve(document, "text/plain", digest);
  await expect(read(digest)).rejects.toMatchObject({ code: "registry_protocol", retryable: false });
});

test.each([oci.index, docker.index, docker.manifest])(
  "a %s header still has to agree with the document",
  async (contentType) => {
    serve(MANIFEST, contentType);
    await expect(read()).rejects.toMatchObject({ code: "media_type_confusion" });
  },
);

test("a HEAD answer under a neutral type is followed by a GET, whose content decides", async () => {
  server.on(`${PATH}/1.0.0`, {
    headers: { "content-type": "text/plain", "docker-content-digest": INDEX.digest },
    body: INDEX.bytes,
  });
  const resolved = await open.client.resolve(repositoryOfName(`${server.host}/acme/disk-lens`), "1.0.0");
  expect(resolved).toEqual({ digest: INDEX.digest, mediaType: oci.index, sizeBytes: INDEX.bytes.length });
});
