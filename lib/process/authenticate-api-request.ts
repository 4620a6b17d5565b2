import type { Authenticate, Recognize } from "@/lib/api/dispatch";
import { identity } from "@/lib/identity/identity";
import { authenticateRequest } from "@/lib/identity/requests/authenticate-request";
import { recognizeAccount } from "@/lib/identity/sign-in/recognize-account";
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

/** Public operations do not authenticate, and still serve people who are signed in first. */
export const recognizeApiRequest: Recognize = (request) =>
  recognizeAccount(identity.peek(), request.header("cookie"));
