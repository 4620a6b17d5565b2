import { singleton } from "@/lib/platform/singleton";

/** How the outside calls this instance, without a slash at the end: the only source of absolute addresses. */
export const instanceUrl = singleton<string>("address");
