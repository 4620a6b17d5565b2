import { spawnSync } from "node:child_process";
import { createSign, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { listen } from "@/tests/support/processes/listen";

/** A token server as Distribution's token specification describes it, which signs with a certificate of its own. */
export type TokenServer = {
  origin: string;
  /** The `auth.token` section for the registry's configuration. */
  registryConfig: { realm: string; service: string; issuer: string; rootcertbundle: string };
  stop(): Promise<void>;
};

type Credentials = { username: string; password: string };
type Access = { type: string; name: string; actions: string[] };

const SERVICE = "gantry-tests";
const ISSUER = "gantry-tests-issuer";
const LIFETIME_SECONDS = 300;

/** Anonymous: pull, except under `private/`. With the credentials: everything. Wrong credentials: 401. */
export async function startTokenServer(options: {
  folder: string;
  credentials: Credentials;
}): Promise<TokenServer> {
  const signing = makeCertificate(options.folder);
  const basic = `Basic ${btoa(`${options.credentials.username}:${options.credentials.password}`)}`;
  const server = createServer((request, response) => {
    const { authorization } = request.headers;
    if (authorization !== undefined && authorization !== basic) {
      response.writeHead(401).end();
      return;
    }
    const { searchParams } = new URL(request.url ?? "/", "http://tokens");
    const access = grant(searchParams.getAll("scope"), authorization !== undefined);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ token: sign(access, signing), expires_in: LIFETIME_SECONDS }));
  });
  const { origin, stop } = await listen(server);
  const registryConfig = {
    realm: `${origin}/token`,
    service: SERVICE,
    issuer: ISSUER,
    rootcertbundle: signing.certificatePath,
  };
  return { origin, registryConfig, stop };
}

function grant(scopes: string[], trusted: boolean): Access[] {
  return scopes.flatMap((scope) => {
    const [type = "", name = "", actions = ""] = scope.split(":");
    const wanted = actions.split(",");
    if (trusted) return [{ type, name, actions: wanted }];
    return name.startsWith("private/")
      ? []
      : [{ type, name, actions: wanted.filter((each) => each === "pull") }];
  });
}

type Signing = { certificatePath: string; certificate: string; key: string };

function makeCertificate(folder: string): Signing {
  const keyPath = join(folder, "token.key");
  const certificatePath = join(folder, "token.crt");
  const request = [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "2",
    "-subj",
    "/CN=gantry-tests",
  ];
  const made = spawnSync("openssl", [...request, "-keyout", keyPath, "-out", certificatePath]);
  if (made.error !== undefined) {
    throw new Error(
      "The tests' token server needs the program openssl to make a certificate. On Debian or Ubuntu: apt-get install openssl.",
    );
  }
  if (made.status !== 0) throw new Error(`openssl could not make a certificate: ${made.stderr}`);
  const pem = readFileSync(certificatePath, "utf8");
  const certificate = pem.replace(/-----[^-]+-----|\s/g, "");
  return { certificatePath, certificate, key: readFileSync(keyPath, "utf8") };
}

function sign(access: Access[], { certificate, key }: Signing): string {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const header = { typ: "JWT", alg: "RS256", x5c: [certificate] };
  const claims = {
    iss: ISSUER,
    sub: "tester",
    aud: SERVICE,
    iat: nowSeconds,
    nbf: nowSeconds - 10,
    exp: nowSeconds + LIFETIME_SECONDS,
    jti: randomUUID(),
    access,
  };
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(key, "base64url")}`;
}
