import { singleton } from "@/lib/platform/singleton";

/** The OpenAPI document, for pages to show; filled by the server, because pages stand beside the API and not above it. */
export const apiContract = singleton<() => unknown>("API contract");
