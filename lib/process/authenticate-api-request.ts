import type { Authenticate } from "@/lib/api/dispatch";
import { authenticateRequest } from "@/lib/identity/authenticate-request";
import { identity } from "@/lib/identity/identity";
import { services } from "@/lib/journal/context";

/** Who sends this API request, by its headers alone. Throws `starting` until writes are possible. */
export const authenticateApiRequest: Authenticate = (request) =>
  authenticateRequest(
    { ...services.get(), identity: identity.get() },
    {
      method: request.method,
      authorization: request.header("authorization"),
      cookie: request.header("cookie"),
      contentType: request.header("content-type"),
      origin: request.header("origin"),
      host: request.header("host"),
      secFetchSite: request.header("sec-fetch-site"),
    },
  );
