import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseRepository } from "@/lib/extension/reference/repository";
import { imageManifest, layer, singleImage } from "@/scripts/demo/image/image";
import { jsonPiece, MEDIA_TYPES, sha256 } from "@/scripts/demo/image/piece";
import { type OwnRegistry, type RegistryOptions, startRegistry } from "@/scripts/demo/registry/registry";
import { extensionImage } from "@/tests/builders/extension-image";
import { deleteManifest, pushExtension, pushImage } from "@/tests/support/registries/push";
import { openClient } from "@/tests/support/registries/registry-client";

let registry: OwnRegistry;
const started: OwnRegistry[] = [];

async function start(options: RegistryOptions = {}): Promise<OwnRegistry> {
  const own = await startRegistry(options);
  started.push(own);
  return own;
}

beforeEach(async () => {
  registry = await start();
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.stop()));
});

const BYTES = Buffer.from("some content of a blob");
const DIGEST = sha256(BYTES);

async function call(method: string, target: string, init: RequestInit = {}): Promise<Response> {
  return fetch(new URL(target, registry.url), { method, redirect: "manual", ...init });
}

async function errorCode(response: Response): Promise<string> {
  const { errors } = await response.json();
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({ message: expect.any(String) });
  return errors[0].code;
}

async function putBlob(name: string, bytes: Buffer = BYTES): Promise<void> {
  const target = `/v2/${name}/blobs/uploads/?digest=${sha256(bytes)}`;
  expect((await call("POST", target, { body: new Uint8Array(bytes) })).status).toBe(201);
}

async function beginUpload(name = "acme/a"): Promise<string> {
  const begun = await call("POST", `/v2/${name}/blobs/uploads/`);
  expect(begun.status).toBe(202);
  expect(begun.headers.get("range")).toBe("0-0");
  return begun.headers.get("location") ?? "";
}

async function expectBlob(name: string): Promise<void> {
  const pulled = await call("GET", `/v2/${name}/blobs/${DIGEST}`);
  expect(pulled.status).toBe(200);
  expect(pulled.headers.get("docker-content-digest")).toBe(DIGEST);
  expect(Buffer.from(await pulled.arrayBuffer())).toEqual(BYTES);
}

test("the base endpoint says that this is a registry", async () => {
  const response = await call("GET", "/v2/");
  expect(response.status).toBe(200);
  expect(response.headers.get("docker-distribution-api-version")).toBe("registry/2.0");
});

describe("a blob can be pushed", () => {
  test("with one POST", async () => {
    await putBlob("acme/a");
    await expectBlob("acme/a");
  });

  test("with POST and PUT", async () => {
    const upload = await beginUpload();
    const put = await call("PUT", `${upload}?digest=${DIGEST}`, { body: new Uint8Array(BYTES) });
    expect(put.status).toBe(201);
    expect(put.headers.get("location")).toBe(`/v2/acme/a/blobs/${DIGEST}`);
    await expectBlob("acme/a");
  });

  test("in chunks, whose progress can be asked for", async () => {
    const upload = await beginUpload();
    const first = await call("PATCH", upload, {
      body: new Uint8Array(BYTES.subarray(0, 5)),
      headers: { "content-range": "0-4" },
    });
    expect(first.status).toBe(202);
    expect((await call("GET", upload)).headers.get("range")).toBe("0-4");
    const second = new Uint8Array(BYTES.subarray(5));
    expect((await call("PATCH", upload, { body: second })).status).toBe(202);
    expect((await call("PUT", `${upload}?digest=${DIGEST}`)).status).toBe(201);
    await expectBlob("acme/a");
  });

  test("by mounting it from another repository, and by upload when that one lacks it", async () => {
    await putBlob("acme/a");
    const mounted = await call("POST", `/v2/acme/b/blobs/uploads/?mount=${DIGEST}&from=acme/a`);
    expect(mounted.status).toBe(201);
    await expectBlob("acme/b");
    const other = await call("POST", `/v2/acme/c/blobs/uploads/?mount=${DIGEST}&from=acme/none`);
    expect(other.status).toBe(202);
  });
});

describe("an upload is refused", () => {
  test("under another digest, and nothing is kept", async () => {
    const response = await call("POST", `/v2/acme/a/blobs/uploads/?digest=${DIGEST}`, { body: "other" });
    expect(response.status).toBe(400);
    expect(await errorCode(response)).toBe("DIGEST_INVALID");
    expect((await call("HEAD", `/v2/acme/a/blobs/${DIGEST}`)).status).toBe(404);
  });

  test("when a chunk is not the next one", async () => {
    const upload = await beginUpload();
    const response = await call("PATCH", upload, { body: "abc", headers: { "content-range": "7-9" } });
    expect(response.status).toBe(416);
  });

  test("when it was canceled, or belongs to another repository", async () => {
    const upload = await beginUpload();
    const elsewhere = await call("GET", upload.replace("acme/a", "acme/b"));
    expect(await errorCode(elsewhere)).toBe("BLOB_UPLOAD_UNKNOWN");
    expect((await call("DELETE", upload)).status).toBe(204);
    expect(await errorCode(await call("GET", upload))).toBe("BLOB_UPLOAD_UNKNOWN");
  });

  test("when it is larger than the limit, in one request and in chunks", async () => {
    registry = await start({ limits: { blobBytes: 8 } });
    const whole = await call("POST", `/v2/acme/a/blobs/uploads/?digest=${DIGEST}`, {
      body: new Uint8Array(BYTES),
    });
    expect(whole.status).toBe(413);
    const upload = await beginUpload();
    expect((await call("PATCH", upload, { body: "12345678" })).status).toBe(202);
    expect((await call("PATCH", upload, { body: "9" })).status).toBe(413);
  });

  test("when the registry is full", async () => {
    registry = await start({ limits: { totalBytes: BYTES.length } });
    await putBlob("acme/a");
    const response = await call("POST", `/v2/acme/a/blobs/uploads/?digest=${sha256("x")}`, { body: "x" });
    expect(response.status).toBe(507);
  });
});

test.each([
  ["bytes=5-9", 206, BYTES.subarray(5, 10), "bytes 5-9/22"],
  ["bytes=17-", 206, BYTES.subarray(17), "bytes 17-21/22"],
  ["bytes=-4", 206, BYTES.subarray(18), "bytes 18-21/22"],
  ["bytes=20-99", 206, BYTES.subarray(20), "bytes 20-21/22"],
  ["bytes=22-", 416, Buffer.alloc(0), "bytes */22"],
  ["bytes=9-5", 200, BYTES, null],
  ["items=1-2", 200, BYTES, null],
])("the range %s of a blob answers %i", async (range, status, bytes, contentRange) => {
  await putBlob("acme/a");
  const response = await call("GET", `/v2/acme/a/blobs/${DIGEST}`, { headers: { range } });
  expect(response.status).toBe(status);
  expect(response.headers.get("content-range")).toBe(contentRange);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
});

describe("manifests", () => {
  const image = singleImage(imageManifest({ layers: [layer([{ path: "a", content: "a" }])] }));

  test("are had by tag and by digest, and HEAD tells their size", async () => {
    const digest = await pushImage(registry, "acme/a", "1.0.0", image);
    for (const reference of ["1.0.0", digest]) {
      const response = await call("GET", `/v2/acme/a/manifests/${reference}`);
      expect(response.headers.get("content-type")).toBe(MEDIA_TYPES.oci.manifest);
      expect(response.headers.get("docker-content-digest")).toBe(digest);
      expect(Buffer.from(await response.arrayBuffer())).toEqual(image.root.bytes);
      const head = await call("HEAD", `/v2/acme/a/manifests/${reference}`);
      expect(head.headers.get("content-length")).toBe(String(image.root.bytes.length));
    }
  });

  test("a tag that is pushed again moves, and the old digest stays", async () => {
    const before = await pushImage(registry, "acme/a", "1.0.0", image);
    const { digest: after } = await pushExtension(registry, "acme/a", "1.0.0");
    const head = await call("HEAD", "/v2/acme/a/manifests/1.0.0");
    expect(head.headers.get("docker-content-digest")).toBe(after);
    expect((await call("GET", `/v2/acme/a/manifests/${before}`)).status).toBe(200);
  });

  test("deleting a digest takes its tags away; deleting a tag leaves the digest", async () => {
    const digest = await pushImage(registry, "acme/a", "1.0.0", image);
    await pushImage(registry, "acme/a", "1.0.1", image);
    expect((await call("DELETE", "/v2/acme/a/manifests/1.0.1")).status).toBe(202);
    expect((await call("GET", `/v2/acme/a/manifests/${digest}`)).status).toBe(200);
    await deleteManifest(registry, "acme/a", digest);
    expect((await call("GET", "/v2/acme/a/manifests/1.0.0")).status).toBe(404);
  });

  test.each<[string, string, string, number, string]>([
    ["that is not JSON", "1.0.0", "nothing", 400, "MANIFEST_INVALID"],
    ["under another digest", sha256("other"), "{}", 400, "DIGEST_INVALID"],
    ["under a name that is no tag", "-1.0.0", "{}", 400, "MANIFEST_INVALID"],
    ["of another type than it says", "1.0.0", '{"mediaType":"text/plain"}', 400, "MANIFEST_INVALID"],
    ["whose blobs are missing", "1.0.0", image.root.bytes.toString(), 404, "MANIFEST_BLOB_UNKNOWN"],
    [
      "whose manifests are missing",
      "1.0.0",
      JSON.stringify({ manifests: [{ digest: DIGEST }] }),
      404,
      "MANIFEST_BLOB_UNKNOWN",
    ],
  ])("one %s is refused", async (_case, reference, body, status, code) => {
    const headers = { "content-type": MEDIA_TYPES.oci.manifest };
    const response = await call("PUT", `/v2/acme/a/manifests/${reference}`, { body, headers });
    expect(response.status).toBe(status);
    expect(await errorCode(response)).toBe(code);
  });

  test("one that is too large is refused", async () => {
    registry = await start({ limits: { manifestBytes: 16 } });
    const { bytes, mediaType } = jsonPiece(MEDIA_TYPES.oci.index, { manifests: [], filler: "….…" });
    const init = { body: new Uint8Array(bytes), headers: { "content-type": mediaType } };
    expect((await call("PUT", "/v2/acme/a/manifests/1.0.0", init)).status).toBe(413);
  });
});

test.each([
  ["GET", "/v2/acme/a/tags/list", 404, "NAME_UNKNOWN"],
  ["GET", "/v2/acme/a/manifests/1.0.0", 404, "MANIFEST_UNKNOWN"],
  ["GET", `/v2/acme/a/blobs/${DIGEST}`, 404, "BLOB_UNKNOWN"],
  ["GET", "/v2/acme/a/blobs/sha256:ff", 400, "DIGEST_INVALID"],
  ["GET", "/v2/Acme/a/manifests/1.0.0", 400, "NAME_INVALID"],
  ["GET", "/v2/acme/%ff/manifests/1.0.0", 400, "NAME_INVALID"],
  ["POST", "/v2/acme/a/manifests/1.0.0", 405, "UNSUPPORTED"],
  ["GET", "/v2/_catalog", 404, "UNSUPPORTED"],
])("%s %s answers %i with the code %s", async (method, target, status, code) => {
  const response = await call(method, target);
  expect(response.status).toBe(status);
  expect(await errorCode(response)).toBe(code);
});

test("tags come sorted, page by page, and our own client reads them all", async () => {
  registry = await start({ limits: { tagsPerPage: 2 } });
  const tags = ["1.10.0", "1.2.0", "latest", "1.0.0", "v2"];
  for (const tag of tags) await pushExtension(registry, "acme/a", tag);
  const first = await call("GET", "/v2/acme/a/tags/list");
  expect(await first.json()).toEqual({ name: "acme/a", tags: ["1.0.0", "1.10.0"] });
  expect(first.headers.get("link")).toBe('</v2/acme/a/tags/list?n=2&last=1.10.0>; rel="next"');
  const last = await call("GET", "/v2/acme/a/tags/list?n=2&last=latest");
  expect(last.headers.get("link")).toBeNull();
  const { client, close } = openClient(registry.registries);
  const read = await client.tags(parseRepository(`${registry.host}/acme/a`));
  await close();
  expect(read).toEqual({ tags: tags.toSorted(), dropped: 0, complete: true });
});

test("our own client resolves, reads manifests and blobs, also as the mirror of docker.io", async () => {
  const { digest } = await pushExtension(registry, "acme/a", "1.0.0", { withoutIndex: true });
  const { client, close } = openClient(`docker.io=${registry.url}`);
  const repository = parseRepository("acme/a");
  expect(await client.resolve(repository, "1.0.0")).toMatchObject({ digest });
  const { document } = await client.manifest(repository, "1.0.0");
  if (document.kind !== "manifest") throw new Error("it was pushed without an index");
  const config = JSON.parse(Buffer.from(await client.blob(repository, document.config)).toString());
  await close();
  expect(config).toMatchObject({ os: "linux", architecture: "amd64" });
});

test("referrers are listed by their subject and type, and our own client reads them", async () => {
  await pushExtension(registry, "acme/a", "1.0.0", { withoutIndex: true });
  const { client, close } = openClient(registry.registries);
  const repository = parseRepository(`${registry.host}/acme/a`);
  const { digest } = await client.resolve(repository, "1.0.0");
  const config = Buffer.from("{}");
  await putBlob("acme/a", config);
  const empty = {
    mediaType: "application/vnd.oci.empty.v1+json",
    digest: sha256(config),
    size: config.length,
  };
  for (const artifactType of ["text/a", "text/b"]) {
    const mediaType = MEDIA_TYPES.oci.manifest;
    const subject = { mediaType, digest, size: 1 };
    const document = { schemaVersion: 2, mediaType, artifactType, config: empty, layers: [], subject };
    const body = JSON.stringify(document);
    const headers = { "content-type": mediaType };
    const pushed = await call("PUT", `/v2/acme/a/manifests/${sha256(Buffer.from(body))}`, { body, headers });
    expect(pushed.headers.get("oci-subject")).toBe(digest);
  }
  const { descriptors } = await client.referrers(repository, digest);
  const [only] = (await client.referrers(repository, digest, { artifactType: "text/b" })).descriptors;
  const artifact = only && (await client.artifact(repository, only.digest));
  await close();
  expect(descriptors.map((each) => each.artifactType)).toEqual(["text/a", "text/b"]);
  expect(artifact).toMatchObject({ artifactType: "text/b", subject: digest });
});

test("with a folder, everything is there again after a restart", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "gantry-own-registry-"));
  try {
    const before = await start({ folder });
    const digest = await pushImage(before, "acme/a", "1.0.0", extensionImage());
    await before.stop();
    const after = await start({ folder });
    const response = await fetch(`${after.url}/v2/acme/a/manifests/1.0.0`);
    expect(response.headers.get("docker-content-digest")).toBe(digest);
    expect((await fetch(`${after.url}/v2/acme/a/tags/list`)).status).toBe(200);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("requests under a non-loopback name are refused", async () => {
  const status = await new Promise((resolve, reject) => {
    const sent = request(`${registry.url}/v2/`, { headers: { host: "evil.example" } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.once("error", reject).end();
  });
  expect(status).toBe(403);
});
