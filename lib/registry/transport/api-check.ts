import { namesRegistryApi } from "@/lib/registry/oci/api-form";
import { readErrorBody } from "@/lib/registry/oci/error-body";
import { REGISTRY_LIMITS } from "@/lib/registry/oci/limits";
import type { Access } from "@/lib/registry/transport/connection";

/**
 * Whether `/v2/` of the registry answers as the API does (distribution-spec, "Determining Support"): 200 or 401, not a web
 * page, with the API's version, an error document of the specification, or a JSON object. Remembered for an hour.
 */
export async function speaksRegistryApi({ connection, entry, subject, signal }: Access): Promise<boolean> {
  const { withApi } = connection;
  // A missing tag list says that the repository is gone, so what the host was before does not prove it.
  if (subject.kind !== "tags" && withApi.has(entry.origin)) return true;
  const url = new URL("/v2/", entry.origin);
  const response = await connection.send({ url, maxBytes: REGISTRY_LIMITS.errorBodyBytes, signal });
  const { form } = await readErrorBody(response);
  const isAnswer = response.status === 200 || response.status === 401;
  const isApi = form === "oci" || (response.status === 200 && form === "json") || namesRegistryApi(response);
  if (!isAnswer || form === "html" || !isApi) return false;
  withApi.add(entry.origin);
  return true;
}
