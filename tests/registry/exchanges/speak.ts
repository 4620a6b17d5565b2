import type { IncomingMessage } from "node:http";
import type { BuiltImage } from "@/scripts/demo/image/image";
import type { Dialect } from "@/tests/registry/exchanges/dialect";
import type { Answer, HostileRegistry } from "@/tests/support/registries/hostile-registry";

export const TAGS = Array.from({ length: 7 }, (_, minor) => `1.${minor}.0`);

/** Only holders of the credentials can read it. */
export const PRIVATE = "-private";

/** Makes the server speak this dialect at the vendor's host names, with one image under every tag of each repository. */
export function speak(server: HostileRegistry, dialect: Dialect, image: BuiltImage): void {
  server.on(/./, (request) => {
    const url = new URL(request.url ?? "/", `https://${request.headers.host}`);
    if (dialect.realm !== undefined && isTokenServer(url, dialect.realm))
      return tokenFor(request, url, dialect);
    if (url.host === dialect.apiHost && url.pathname.startsWith("/v2/"))
      return api(request, url, dialect, image);
    return stored(request, url, dialect, image);
  });
}

function isTokenServer(url: URL, realm: string): boolean {
  return `${url.origin}${url.pathname}` === realm;
}

const basicOf = ({ credentials }: Dialect) =>
  `Basic ${btoa(`${credentials.username}:${credentials.password}`)}`;

function tokenFor({ headers }: IncomingMessage, url: URL, dialect: Dialect): Answer {
  const [, repository = "", actions = ""] = (url.searchParams.get("scope") ?? "").split(":");
  const isKnown = headers.authorization === basicOf(dialect);
  if (headers.authorization !== undefined && !isKnown) return { status: 401 };
  const isDenied = repository.endsWith(PRIVATE) && !isKnown;
  if (isDenied && dialect.denied.by === "token server")
    return json(dialect.denied.status, dialect.denied.body);
  const granted = isDenied ? "" : actions;
  return json(200, JSON.stringify(dialect.tokenAnswer(btoa(`${repository}:${granted}`))));
}

const API = /^\/v2\/(.+)\/(tags|manifests|blobs)\/([^/]+)$/;

function api(request: IncomingMessage, url: URL, dialect: Dialect, image: BuiltImage): Answer {
  const [, repository = "", kind = "", reference = ""] = API.exec(url.pathname) ?? [];
  const isTags = kind === "tags";
  if (!isAllowed(request, dialect, repository, isTags ? (dialect.tagAction ?? "pull") : "pull")) {
    return unauthorized(request, dialect, repository, isTags ? "tags" : "content");
  }
  if (isTags) return tagPage(url, dialect, repository);
  if (kind === "manifests") return manifest(reference, dialect, image);
  if (dialect.storage === undefined) return blob(reference, image);
  return { status: 307, headers: { location: dialect.storage(reference) } };
}

function isAllowed({ headers }: IncomingMessage, dialect: Dialect, repository: string, action: string) {
  if (dialect.realm === undefined) {
    return headers.authorization === basicOf(dialect) || !repository.endsWith(PRIVATE);
  }
  const token = headers.authorization?.replace(/^Bearer /, "") ?? "";
  const [forRepository, actions = ""] = token === "" ? [] : atob(token).split(":");
  return forRepository === repository && actions.split(",").includes(action);
}

function unauthorized(
  { headers }: IncomingMessage,
  dialect: Dialect,
  repository: string,
  kind: "tags" | "content",
): Answer {
  const { realm, service, scope, denied } = dialect;
  // Azure says so also of a valid token whose scope is too narrow.
  const error = dialect.tagAction && headers.authorization ? "invalid_token" : undefined;
  const parameters = Object.entries({ realm, service, scope: scope?.(repository, kind), error });
  const written = parameters.flatMap(([name, value]) => (value === undefined ? [] : [`${name}="${value}"`]));
  const challenge = realm === undefined ? 'BASIC realm="Registry"' : `Bearer ${written.join(",")}`;
  const isDenial = headers.authorization !== undefined && denied.by === "registry";
  const { contentType = "application/json", body = '{"errors":[{"code":"UNAUTHORIZED"}]}' } =
    dialect.unauthorized ?? {};
  return {
    status: isDenial ? denied.status : 401,
    headers: { "content-type": contentType, "www-authenticate": challenge },
    body: isDenial ? denied.body : body,
  };
}

function tagPage(url: URL, dialect: Dialect, name: string): Answer {
  const n = Math.min(Number(url.searchParams.get("n") ?? dialect.pageMax), dialect.pageMax);
  const cursor = url.searchParams.get("last") ?? url.searchParams.get("next_page") ?? "";
  const rest = TAGS.slice(cursor === "" ? 0 : TAGS.indexOf(cursor) + 1);
  const tags = rest.slice(0, n);
  const last = tags.at(-1) ?? "";
  const more =
    rest.length > n ? { link: `<${dialect.link({ path: url.pathname, last, n })}>; rel="next"` } : {};
  return {
    headers: { "content-type": "application/json", ...more },
    body: JSON.stringify({ ...dialect.tagExtras, name, tags }),
  };
}

function manifest(reference: string, dialect: Dialect, image: BuiltImage): Answer {
  const found = TAGS.includes(reference)
    ? image.root
    : [image.root, ...image.manifests].find(({ digest }) => digest === reference);
  if (found === undefined) return json(dialect.missingTag.status, dialect.missingTag.body);
  return {
    headers: {
      "content-type": found.mediaType,
      "docker-content-digest": found.digest,
      "content-length": found.bytes.length,
    },
    body: found.bytes,
  };
}

function blob(reference: string, image: BuiltImage): Answer {
  const found = image.blobs.find(({ digest }) => digest === reference);
  return found === undefined ? { status: 404 } : { body: found.bytes };
}

/** Storage on another host refuses a second authorization besides its signed URL. */
function stored({ headers }: IncomingMessage, url: URL, dialect: Dialect, image: BuiltImage): Answer {
  if (headers.authorization !== undefined && url.host !== dialect.apiHost) return { status: 400 };
  const hex = /[0-9a-f]{64}/.exec(url.href)?.[0];
  return blob(`sha256:${hex}`, image);
}

function json(status: number, body: string): Answer {
  return { status, headers: { "content-type": "application/json" }, body };
}
