import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Digest } from "@/lib/extension/reference/digest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import type { Referrer, ReferrersOptions } from "@/lib/registry/client-types";
import { sha256Digest } from "@/lib/registry/oci/verification";
import {
  type Answer,
  type HostileRegistry,
  startHostileRegistry,
  startTrap,
} from "@/tests/support/registries/hostile-registry";
import { type OpenClient, openClient } from "@/tests/support/registries/registry-client";

const INDEX = "application/vnd.oci.image.index.v1+json";
const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const SIGNATURE = "application/vnd.dev.sigstore.bundle.v0.3+json";
const SBOM = "application/spdx+json";

const SUBJECT = digestOf("the image");
const PATH = `/v2/acme/disk-lens/referrers/${SUBJECT}`;
const FALLBACK = `/v2/acme/disk-lens/manifests/sha256-${SUBJECT.slice(7)}`;

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
const list = (options?: ReferrersOptions) => open.client.referrers(repository(), SUBJECT, options);

function digestOf(text: string): Digest {
  return sha256Digest(Buffer.from(text));
}

function entry(name: string, more: Record<string, unknown> = {}) {
  return { mediaType: MANIFEST, digest: digestOf(name), size: name.length, ...more };
}

function referrer(name: string, more: Partial<Referrer> = {}): Referrer {
  const { mediaType, digest, size } = entry(name);
  return { mediaType, digest, sizeBytes: size, artifactType: null, annotations: {}, ...more };
}

function index(manifests: unknown, headers: Record<string, string> = {}): Answer {
  const body = JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests });
  return { headers: { "content-type": INDEX, ...headers }, body };
}

const many = (count: number, start = 0) => Array.from({ length: count }, (_, at) => entry(`r${start + at}`));

describe("one page", () => {
  test("names each referrer with its type, size and annotations", async () => {
    server.on(PATH, index([entry("s", { artifactType: SIGNATURE, annotations: { a: "b" } }), entry("t")]));
    expect(await list()).toEqual({
      descriptors: [referrer("s", { artifactType: SIGNATURE, annotations: { a: "b" } }), referrer("t")],
      complete: true,
    });
    expect(server.requests).toMatchObject([{ url: PATH, headers: { accept: INDEX } }]);
  });

  test.each<[name: string, manifests: unknown]>([
    ["an empty list", []],
    ["null", null],
    ["a missing list", undefined],
  ])("%s is not a referrer, and causes no further request", async (_name, manifests) => {
    server.on(PATH, index(manifests));
    expect(await list()).toEqual({ descriptors: [], complete: true });
    expect(server.requests).toHaveLength(1);
  });

  test("what is no descriptor, the subject itself, repetitions and another's referrers are left out", async () => {
    const hostile = [
      null,
      7,
      "text",
      {},
      entry("negative", { size: -1 }),
      { ...entry("md5"), digest: "md5:00" },
      { ...entry("climbing"), digest: "sha256:../../x" },
      { ...entry("own"), digest: SUBJECT },
      entry("other", { subject: { digest: digestOf("another image") } }),
      entry("good", { subject: { digest: SUBJECT } }),
      entry("good"),
    ];
    server.on(PATH, index(hostile));
    expect((await list()).descriptors).toEqual([referrer("good")]);
  });

  test.each([
    ["text that is no JSON", "{"],
    ["a list", "[]"],
    ["an object in place of the list", '{"manifests":{}}'],
  ])("%s is an error, never no referrers", async (_name, body) => {
    server.on(PATH, { headers: { "content-type": INDEX }, body });
    await expect(list()).rejects.toMatchObject({ code: "registry_protocol", retryable: true });
  });

  test("a page of more than 4 MiB is cut off", async () => {
    server.on(PATH, { headers: { "content-type": INDEX }, body: " ".repeat(4 * 1024 * 1024 + 1) });
    await expect(list()).rejects.toMatchObject({ code: "limit_exceeded" });
  });
});

describe("one type only", () => {
  const page = [entry("s", { artifactType: SIGNATURE }), entry("b", { artifactType: SBOM }), entry("none")];

  test("is requested, and filtered here if the registry did not filter", async () => {
    server.on(PATH, index(page));
    const { descriptors } = await list({ artifactType: SIGNATURE });
    expect(descriptors).toEqual([referrer("s", { artifactType: SIGNATURE })]);
    expect(server.requests[0]?.url).toBe(`${PATH}?artifactType=${encodeURIComponent(SIGNATURE)}`);
  });

  test("what names no type belongs to it where the registry says that it filtered", async () => {
    server.on(PATH, index(page, { "oci-filters-applied": "artifactType" }));
    const { descriptors } = await list({ artifactType: SIGNATURE });
    expect(descriptors).toEqual([referrer("s", { artifactType: SIGNATURE }), referrer("none")]);
  });

  test("a header that names another filter changes nothing", async () => {
    server.on(PATH, index(page, { "oci-filters-applied": "artifactTypes, name" }));
    expect((await list({ artifactType: SIGNATURE })).descriptors).toHaveLength(1);
  });
});

describe("limits", () => {
  test("fifty are given, and one more makes the list incomplete", async () => {
    server.on(PATH, index(many(50)), index(many(51)), index(many(10_000)));
    expect((await list()).complete).toBe(true);
    for (const _ of ["51", "10,000"]) {
      const { descriptors, complete } = await list();
      expect([descriptors.length, complete]).toEqual([50, false]);
    }
  });

  test("the caller's limit counts what is wanted, not what was read", async () => {
    server.on(PATH, index([...many(60), entry("s", { artifactType: SIGNATURE })]));
    expect(await list({ artifactType: SIGNATURE, limit: 1 })).toMatchObject({
      descriptors: [{ digest: digestOf("s") }],
      complete: true,
    });
  });
});

describe("pages", () => {
  const next = (url: string) => ({ link: `<${url}>; rel="next"` });

  test("are read to the end", async () => {
    server.on(PATH, index(many(2), next(`${PATH}?p=1`)), index(many(2, 2)));
    const { descriptors, complete } = await list();
    expect([descriptors.length, complete]).toEqual([4, true]);
  });

  test("are not read beyond the limit", async () => {
    server.on(PATH, index(many(51), next(`${PATH}?p=1`)));
    expect((await list()).complete).toBe(false);
    expect(server.requests).toHaveLength(1);
  });

  test("in a circle, or more than ten, end the list, which is not complete", async () => {
    server.on(PATH, index(many(1), next(PATH)));
    expect(await list()).toMatchObject({ complete: false });
    expect(server.requests).toHaveLength(1);
    let page = 0;
    server.on(PATH, () => {
      page += 1;
      return index([], next(`${PATH}?p=${page}`));
    });
    expect(await list()).toEqual({ descriptors: [], complete: false });
    expect(page).toBe(10);
  });

  test("elsewhere are refused, and nothing is sent there", async () => {
    const trap = await startTrap();
    server.on(PATH, index(many(1), next(`${trap.url}${PATH}`)));
    await expect(list()).rejects.toMatchObject({ code: "redirect_forbidden" });
    expect(trap.connections()).toBe(0);
    await trap.stop();
  });
});

describe("a registry without the endpoint", () => {
  test.each<[name: string, answer: Answer]>([
    ["404", { status: 404, body: "404 page not found" }],
    ["400", { status: 400 }],
    ["405", { status: 405 }],
    ["501", { status: 501 }],
    ["the start page of its console", { headers: { "content-type": "text/html" }, body: "<html>" }],
  ])("%s: the index under the tag of the digest stands for it", async (_name, answer) => {
    server.on(PATH, answer);
    server.on(FALLBACK, index([entry("s", { artifactType: SIGNATURE }), entry("b", { artifactType: SBOM })]));
    expect((await list()).descriptors).toHaveLength(2);
    expect((await list({ artifactType: SBOM })).descriptors).toEqual([referrer("b", { artifactType: SBOM })]);
    // What the registry lacks is remembered.
    expect(server.count(PATH)).toBe(1);
  });

  test("gets the request again an hour later", async () => {
    let nowMs = 0;
    const other = openClient(server.url, { now: () => nowMs });
    const ask = () => other.client.referrers(repository(), SUBJECT);
    for (const atMs of [0, 3_599_999, 3_600_000]) {
      nowMs = atMs;
      await ask();
    }
    await other.close();
    expect(server.requests.map(({ url }) => url)).toEqual([PATH, FALLBACK, FALLBACK, PATH, FALLBACK]);
  });

  test("a registry that knows the endpoint but not the image gets a request for the next one", async () => {
    server.on(PATH, { status: 404, body: '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}' });
    await list();
    await list();
    expect(server.count(PATH)).toBe(2);
  });

  test("no such tag: there is nothing", async () => {
    expect(await list()).toEqual({ descriptors: [], complete: true });
    expect(server.requests.map(({ url }) => url)).toEqual([PATH, FALLBACK]);
  });

  test("an image under that tag is no list of referrers", async () => {
    server.on(FALLBACK, {
      headers: { "content-type": MANIFEST },
      body: JSON.stringify({ schemaVersion: 2, config: entry("config"), layers: [] }),
    });
    expect(await list()).toEqual({ descriptors: [], complete: true });
  });

  test("a tag that can't be read is an error, never no referrers", async () => {
    server.on(FALLBACK, { status: 500 });
    await expect(list()).rejects.toMatchObject({ code: "registry_error", retryable: true });
  });

  test.each([401, 403])("%d is no such registry", async (status) => {
    server.on(PATH, { status, headers: { "www-authenticate": "Basic" } });
    await expect(list()).rejects.toMatchObject({ code: "registry_auth_required" });
    expect(server.count(FALLBACK)).toBe(0);
  });
});

describe("the manifest of a referrer", () => {
  const layer = entry("payload", { mediaType: SIGNATURE });
  const config = entry("{}", { mediaType: "application/vnd.oci.empty.v1+json" });
  const good = { schemaVersion: 2, artifactType: SIGNATURE, config, layers: [layer], subject: entry("x") };

  function serve(document: unknown): Digest {
    const bytes = Buffer.from(JSON.stringify(document));
    const digest = sha256Digest(bytes);
    server.on(`/v2/acme/disk-lens/manifests/${digest}`, {
      headers: { "content-type": MANIFEST },
      body: bytes,
    });
    return digest;
  }

  test("says itself what it is about", async () => {
    const digest = serve({ ...good, subject: { ...entry("x"), digest: SUBJECT }, annotations: { a: "b" } });
    expect(await open.client.artifact(repository(), digest)).toEqual({
      digest,
      artifactType: SIGNATURE,
      subject: SUBJECT,
      layers: [{ ...referrerLayer(), foreign: false }],
      annotations: { a: "b" },
    });
    function referrerLayer() {
      return { mediaType: SIGNATURE, digest: layer.digest, sizeBytes: layer.size, annotations: {} };
    }
  });

  test("without a type of its own has its config's, and may name no subject", async () => {
    const digest = serve({ ...good, artifactType: null, subject: undefined });
    expect(await open.client.artifact(repository(), digest)).toMatchObject({
      artifactType: config.mediaType,
      subject: undefined,
    });
  });

  test("with other bytes than its digest's is refused", async () => {
    const digest = digestOf("other bytes");
    server.on(`/v2/acme/disk-lens/manifests/${digest}`, { body: JSON.stringify(good) });
    await expect(open.client.artifact(repository(), digest)).rejects.toMatchObject({
      code: "digest_mismatch",
    });
  });

  test.each<[name: string, document: unknown]>([
    ["an index", { schemaVersion: 2, manifests: [] }],
    ["a list", []],
    ["a subject that is no descriptor", { ...good, subject: "x" }],
    ["513 layers", { ...good, layers: many(513) }],
  ])("%s is refused in words", async (_name, document) => {
    const digest = serve(document);
    await expect(open.client.artifact(repository(), digest)).rejects.toMatchObject({
      code: "registry_protocol",
      retryable: false,
    });
  });
});
