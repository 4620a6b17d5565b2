import { singleton } from "@/lib/platform/singleton";

/** The OpenAPI document for pages. The server sets it, because pages must not import the API. */
export const apiContract = singleton<() => unknown>("API contract");
