import type { BuiltImage } from "@/scripts/demo/image/image";
import type { Piece } from "@/scripts/demo/image/piece";
import { type ExtensionImageOptions, extensionImage } from "@/tests/builders/extension-image";

/** Where tests push to: a started registry, or any address with the credentials that it wants. */
export type PushTarget = { url: string; credentials?: { username: string; password: string } };

type Authorization = { authorization?: string };

/** Builds an extension and pushes it under this tag. The digest is the index's (or the manifest's without one). */
export async function pushExtension(
  target: PushTarget,
  path: string,
  tag: string,
  options: ExtensionImageOptions = {},
): Promise<{ digest: string; image: BuiltImage }> {
  const image = extensionImage(options);
  return { digest: await pushImage(target, path, tag, image), image };
}

/** Pushes a built image: blobs, manifests by digest, then the root under the tag. Answers the root's digest. */
export async function pushImage(
  target: PushTarget,
  path: string,
  tag: string,
  image: BuiltImage,
): Promise<string> {
  const authorization = await authorize(target, path);
  for (const blob of uniqueByDigest(image.blobs)) await pushBlob(target, path, blob, authorization);
  for (const manifest of uniqueByDigest(image.manifests)) {
    await putManifest(target, path, manifest.digest, manifest, authorization);
  }
  await putManifest(target, path, tag, image.root, authorization);
  return image.root.digest;
}

/** Points a tag at nothing again: deletes the manifest with this digest, and with it every tag on it. */
export async function deleteManifest(target: PushTarget, path: string, digest: string): Promise<void> {
  const headers = await authorize(target, path);
  await expectStatus(
    await fetch(`${target.url}/v2/${path}/manifests/${digest}`, { method: "DELETE", headers }),
    [202],
  );
}

async function pushBlob(target: PushTarget, path: string, blob: Piece, authorization: Authorization) {
  const known = await fetch(`${target.url}/v2/${path}/blobs/${blob.digest}`, {
    method: "HEAD",
    headers: authorization,
  });
  if (known.status === 200) return;
  const started = await fetch(`${target.url}/v2/${path}/blobs/uploads/`, {
    method: "POST",
    headers: authorization,
  });
  await expectStatus(started, [202]);
  const upload = new URL(started.headers.get("location") ?? "", target.url);
  upload.searchParams.set("digest", blob.digest);
  const body = new Uint8Array(blob.bytes);
  const headers = { ...authorization, "content-type": "application/octet-stream" };
  await expectStatus(await fetch(upload, { method: "PUT", headers, body }), [201]);
}

async function putManifest(
  target: PushTarget,
  path: string,
  reference: string,
  manifest: Piece,
  authorization: Authorization,
) {
  const response = await fetch(`${target.url}/v2/${path}/manifests/${reference}`, {
    method: "PUT",
    headers: { ...authorization, "content-type": manifest.mediaType },
    body: new Uint8Array(manifest.bytes),
  });
  await expectStatus(response, [201]);
}

/** Follows whatever `WWW-Authenticate` asks for; the tests' registries all use quoted parameters. */
async function authorize(target: PushTarget, path: string): Promise<Authorization> {
  const ping = await fetch(`${target.url}/v2/`);
  await ping.arrayBuffer();
  if (ping.status !== 401) return {};
  const challenge = ping.headers.get("www-authenticate") ?? "";
  const basic = `Basic ${btoa(`${target.credentials?.username}:${target.credentials?.password}`)}`;
  if (/^basic/i.test(challenge)) return { authorization: basic };
  const realm = new URL(/realm="([^"]*)"/.exec(challenge)?.[1] ?? "");
  realm.searchParams.set("service", /service="([^"]*)"/.exec(challenge)?.[1] ?? "");
  realm.searchParams.set("scope", `repository:${path}:pull,push,delete`);
  const answer = await fetch(realm, { headers: { authorization: basic } });
  await expectStatus(answer, [200], false);
  const document: unknown = await answer.json();
  const hasToken = typeof document === "object" && document !== null && "token" in document;
  return { authorization: `Bearer ${hasToken ? document.token : ""}` };
}

async function expectStatus(response: Response, expected: number[], drain = true): Promise<void> {
  if (!expected.includes(response.status)) {
    throw new Error(`Push failed: ${response.status} from ${response.url}: ${await response.text()}`);
  }
  if (drain) await response.arrayBuffer();
}

function uniqueByDigest(pieces: Piece[]): Piece[] {
  return [...new Map(pieces.map((each) => [each.digest, each])).values()];
}
