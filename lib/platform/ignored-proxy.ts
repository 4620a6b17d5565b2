import { singleton } from "@/lib/platform/singleton";

/** A private peer that sends `X-Forwarded-For` although GANTRY_TRUSTED_PROXIES does not name it. Set by the server. */
export const ignoredProxy = singleton<{ peer: string }>("ignored-proxy");
