import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import { sha256 } from "@/scripts/demo/image/piece";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { deleteManifest, pushExtension } from "@/tests/support/registries/push";
import { credentialsOf, type OpenClient, openClient } from "@/tests/support/registries/registry-client";

/** With the credentials that the registry wants, and trust in its token server. */
function openFor({ registries, host, credentials, tokenOrigin }: DistributionRegistry): OpenClient {
  if (credentials === undefined) return openClient(registries);
  return openClient(registries, {
    credentials: [credentialsOf(host, credentials, { tokenServer: tokenOrigin })],
  });
}

describe.each(["none", "htpasswd", "token"] as const)(
  "Distribution's own registry, authentication %s",
  (auth) => {
    let registry: DistributionRegistry;
    let open: OpenClient;
    const repositoryOf = (path: string) => repositoryOfName(`${registry.host}/${path}`);

    beforeAll(async () => {
      registry = await startDistributionRegistry({ auth });
      open = openFor(registry);
    });
    afterAll(async () => {
      await open?.close();
      await registry?.stop();
    });

    test.each(["oci", "docker"] as const)(
      "an image of flavour %s is read down to its last byte",
      async (flavour) => {
        const { digest, image } = await pushExtension(registry, `acme/${flavour}`, "1.0.0", { flavour });
        const repository = repositoryOf(`acme/${flavour}`);
        const { client } = open;

        expect(await client.tags(repository)).toEqual({ tags: ["1.0.0"], dropped: 0, complete: true });
        const resolved = await client.resolve(repository, "1.0.0");
        expect(resolved).toEqual({
          digest,
          mediaType: image.root.mediaType,
          sizeBytes: image.root.bytes.length,
        });

        const index = await client.manifest(repository, "1.0.0");
        expect(index).toMatchObject({ digest, mediaType: image.root.mediaType });
        expect(Buffer.from(index.bytes)).toEqual(image.root.bytes);
        if (index.document.kind !== "index") throw new Error("An index was pushed.");
        expect(index.document.entries.map((each) => each.platform?.architecture)).toEqual(["amd64", "arm64"]);

        for (const entry of index.document.entries) {
          const manifest = await client.manifest(repository, entry.digest);
          if (manifest.document.kind !== "manifest") throw new Error("A manifest was pushed.");
          const config = await client.blob(repository, manifest.document.config);
          expect(sha256(config)).toBe(manifest.document.config.digest);
          for (const layer of manifest.document.layers) {
            const chunks = [];
            for await (const chunk of await client.openBlob(repository, layer)) chunks.push(chunk);
            expect(sha256(Buffer.concat(chunks))).toBe(layer.digest);
          }
        }
      },
    );

    test("a part of a layer is read without the rest", async () => {
      const content = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 251));
      const { image } = await pushExtension(registry, "acme/parts", "1.0.0", {
        files: { large: content },
        compression: "plain",
      });
      const layer = image.blobs.find((each) => each.bytes.length > 100_000);
      if (layer === undefined) throw new Error("A large layer was pushed.");
      const descriptor = (await openManifest("acme/parts")).layers.find(
        (each) => each.digest === layer.digest,
      );
      if (descriptor === undefined) throw new Error("The large layer is in the manifest.");
      const metered = open.client.metered();
      const stream = await metered.openBlob(repositoryOf("acme/parts"), descriptor, {
        offset: 4000,
        length: 500,
      });
      const chunks = [];
      for await (const chunk of stream) chunks.push(chunk);
      expect(Buffer.concat(chunks)).toEqual(layer.bytes.subarray(4000, 4500));
      expect(metered.cost().bytes).toBeLessThan(2000);
    });

    async function openManifest(path: string) {
      const { document } = await open.client.manifest(repositoryOf(path), "1.0.0");
      if (document.kind !== "index") throw new Error("An index was pushed.");
      const [first] = document.entries;
      const manifest = await open.client.manifest(repositoryOf(path), first?.digest ?? "");
      if (manifest.document.kind !== "manifest") throw new Error("A manifest was pushed.");
      return manifest.document;
    }

    test("a missing repository and a missing tag are different errors", async () => {
      await pushExtension(registry, "acme/known", "1.0.0");
      await expect(open.client.tags(repositoryOf("acme/nobody"))).rejects.toMatchObject({
        code: "repository_not_found",
        retryable: false,
      });
      await expect(open.client.manifest(repositoryOf("acme/known"), "9.9.9")).rejects.toMatchObject({
        code: "reference_not_found",
      });
      await expect(open.client.resolve(repositoryOf("acme/known"), "9.9.9")).rejects.toMatchObject({
        code: "reference_not_found",
      });
      await expect(
        open.client.blob(repositoryOf("acme/known"), {
          digest: (await open.client.resolve(repositoryOf("acme/known"), "1.0.0")).digest,
          sizeBytes: 5,
        }),
      ).rejects.toMatchObject({ code: "reference_not_found" });
    });

    test("a tag that moves and a tag that is deleted are seen at once", async () => {
      const first = await pushExtension(registry, "acme/moving", "1.0.0");
      const repository = repositoryOf("acme/moving");
      expect((await open.client.resolve(repository, "1.0.0")).digest).toBe(first.digest);
      const second = await pushExtension(registry, "acme/moving", "1.0.0", {
        labels: { "org.opencontainers.image.title": "Another" },
      });
      expect((await open.client.resolve(repository, "1.0.0")).digest).toBe(second.digest);
      await deleteManifest(registry, "acme/moving", second.digest);
      await expect(open.client.resolve(repository, "1.0.0")).rejects.toMatchObject({
        code: "reference_not_found",
      });
      expect(await open.client.tags(repository)).toEqual({ tags: [], dropped: 0, complete: true });
    });

    test("a registry that is down is unreachable and retryable; once it is back, the same client works", async () => {
      await pushExtension(registry, "acme/patient", "1.0.0");
      await registry.halt();
      await expect(open.client.tags(repositoryOf("acme/patient"))).rejects.toMatchObject({
        code: "registry_unreachable",
        retryable: true,
      });
      await registry.resume();
      expect((await open.client.tags(repositoryOf("acme/patient"))).tags).toEqual(["1.0.0"]);
    });

    test("reading one image costs one request per document, and one token at most", async () => {
      await pushExtension(registry, "acme/thrifty", "1.0.0");
      const fresh = openFor(registry);
      const client = fresh.client.metered();
      const repository = repositoryOf("acme/thrifty");
      await client.tags(repository);
      const { document } = await client.manifest(repository, "1.0.0");
      if (document.kind === "index") {
        for (const entry of document.entries) await client.manifest(repository, entry.digest);
      }
      await fresh.close();
      expect(client.cost().requests).toBe({ none: 4, htpasswd: 5, token: 6 }[auth]);
    });
  },
);

describe("without credentials", () => {
  test("htpasswd: nothing is sent and the registry wants credentials", async () => {
    const registry = await startDistributionRegistry({ auth: "htpasswd" });
    const open = openClient(registry.registries);
    const metered = open.client.metered();
    const outcome = metered.tags(repositoryOfName(`${registry.host}/acme/disk-lens`));
    await expect(outcome).rejects.toMatchObject({ code: "registry_auth_required", retryable: false });
    expect(metered.cost().requests).toBe(1);
    await open.close();
    await registry.stop();
  });

  test("htpasswd: a wrong password is tried once, then the repository without it", async () => {
    const registry = await startDistributionRegistry({ auth: "htpasswd" });
    const login = { username: "tester", password: "wrong" };
    const open = openClient(registry.registries, { credentials: [credentialsOf(registry.host, login)] });
    const metered = open.client.metered();
    const outcome = metered.tags(repositoryOfName(`${registry.host}/acme/disk-lens`));
    await expect(outcome).rejects.toMatchObject({ code: "registry_auth_failed" });
    expect(metered.cost().requests).toBe(3);
    await open.close();
    await registry.stop();
  });

  test("token: a public repository is read anonymously, a private one wants credentials", async () => {
    const registry = await startDistributionRegistry({ auth: "token" });
    await pushExtension(registry, "acme/public", "1.0.0");
    await pushExtension(registry, "private/secret", "1.0.0");
    const open = openClient(registry.registries);
    const { client } = open;
    expect((await client.tags(repositoryOfName(`${registry.host}/acme/public`))).tags).toEqual(["1.0.0"]);
    await expect(client.tags(repositoryOfName(`${registry.host}/private/secret`))).rejects.toMatchObject({
      code: "registry_auth_required",
    });
    await open.close();
    await registry.stop();
  });
});

test("a repository on a registry that is not in the table is refused before any request", async () => {
  const open = openClient("ghcr.io");
  const metered = open.client.metered();
  await expect(metered.tags(repositoryOfName("quay.example/acme/disk-lens"))).rejects.toMatchObject({
    code: "registry_not_allowed",
  });
  expect(metered.cost()).toEqual({ requests: 0, bytes: 0 });
  await open.close();
});

test("a mirror serves the repositories of the registry that it stands for", async () => {
  const registry = await startDistributionRegistry();
  await pushExtension(registry, "acme/disk-lens", "1.0.0");
  const open = openClient(`docker.io=${registry.url}`);
  expect((await open.client.tags(repositoryOfName("acme/disk-lens"))).tags).toEqual(["1.0.0"]);
  await open.close();
  await registry.stop();
});
