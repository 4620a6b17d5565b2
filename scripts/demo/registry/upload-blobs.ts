import type { Answer, Call } from "@/scripts/demo/registry/answer";
import { readBody } from "@/scripts/demo/registry/body";
import { digestOf, isDigest, requireDigest } from "@/scripts/demo/registry/content";
import { RegistryError } from "@/scripts/demo/registry/errors";
import type { Upload } from "@/scripts/demo/registry/uploads";

/** distribution-spec, "Pushing blobs": POST then PUT, a single POST, chunks with PATCH, or a mount. */
export async function answerUpload(call: Call): Promise<Answer> {
  const { method, uploads, name, rest } = call;
  if (method === "POST" && rest === "") return begin(call);
  if (rest === "") throw new RegistryError("UNSUPPORTED", "start an upload with POST");
  const upload = uploads.find(name, rest);
  switch (method) {
    case "GET":
      return { status: 204, headers: progressOf(upload) };
    case "PATCH":
      await append(call, upload);
      return { status: 202, headers: progressOf(upload) };
    case "PUT":
      return finish(call, upload);
    case "DELETE":
      uploads.end(upload);
      return { status: 204 };
    default:
      throw new RegistryError("UNSUPPORTED", `uploads have no ${method}`);
  }
}

async function begin(call: Call): Promise<Answer> {
  const { store, uploads, name, query, request, limits } = call;
  const mount = query.get("mount");
  if (mount !== null && isDigest(mount) && store.mountBlob(name, query.get("from") ?? "", mount)) {
    return created(name, mount);
  }
  const digest = query.get("digest");
  if (digest === null) return { status: 202, headers: progressOf(uploads.begin(name)) };
  return keep(call, requireDigest(digest), await readBody(request, limits.blobBytes));
}

/** Chunks arrive in order; `Content-Range: 0-99` without a unit is the specification's own form. */
async function append({ uploads, request, limits }: Call, upload: Upload): Promise<void> {
  const start = /^(?:bytes )?(\d+)-\d+/.exec(request.headers["content-range"] ?? "")?.[1];
  if (start !== undefined && Number(start) !== upload.sizeBytes) {
    throw new RegistryError("BLOB_UPLOAD_INVALID", "this chunk is not the next one", 416);
  }
  uploads.append(upload, await readBody(request, limits.blobBytes));
}

async function finish(call: Call, upload: Upload): Promise<Answer> {
  const digest = requireDigest(call.query.get("digest"));
  await append(call, upload);
  call.uploads.end(upload);
  return keep(call, digest, Buffer.concat(upload.chunks));
}

function keep({ store, name }: Call, digest: string, bytes: Buffer): Answer {
  if (digestOf(bytes) !== digest) {
    throw new RegistryError("DIGEST_INVALID", "the content does not match the given digest");
  }
  store.putBlob(name, digest, bytes);
  return created(name, digest);
}

function created(name: string, digest: string): Answer {
  const location = `/v2/${name}/blobs/${digest}`;
  return { status: 201, headers: { location, "docker-content-digest": digest } };
}

/** `Range` is inclusive, so an empty upload is also `0-0`. */
function progressOf({ id, name, sizeBytes }: Upload): Record<string, string> {
  return {
    location: `/v2/${name}/blobs/uploads/${id}`,
    range: `0-${Math.max(sizeBytes - 1, 0)}`,
    "docker-upload-uuid": id,
  };
}
