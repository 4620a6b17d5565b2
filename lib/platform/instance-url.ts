import { singleton } from "@/lib/platform/singleton";

/** The public URL of this instance, without a trailing slash: the only source of absolute URLs. */
export const instanceUrl = singleton<string>("address");
