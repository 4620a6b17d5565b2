/** Environment settings: the only reader of `process.env`; read once, validated, typed. */

import path from "node:path";
import { z } from "zod";
import { AppError } from "@/lib/platform/errors";

const PORT_MAX = 65_535;
const SECRET_LENGTH_MIN = 32;

/** Treats an empty variable as unset. */
const optionalText = z
  .string()
  .trim()
  .optional()
  .transform((text) => text || undefined);

const httpOrigin = optionalText.transform((text, context) => {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url && isHttp(url) && isBare(url)) return url.origin;
  context.addIssue({
    code: "custom",
    message: "must be an http(s) address without a path, such as https://gantry.example",
  });
  return z.NEVER;
});

const httpOrigins = optionalText.transform((text, context) => {
  const parts = (text ?? "").split(",").map((part) => part.trim());
  const named = parts.filter((part) => part !== "");
  const urls = named
    .map((part) => URL.parse(part))
    .filter((url) => url !== null && isHttp(url) && isBare(url));
  if (urls.length === named.length) return urls.flatMap((url) => url?.origin ?? []);
  context.addIssue({
    code: "custom",
    message: "must be comma-separated origins without a path, such as https://docs.example",
  });
  return z.NEVER;
});

function isHttp(url: URL | null): boolean {
  return url?.protocol === "http:" || url?.protocol === "https:";
}

function isBare({ username, password, pathname, search, hash }: URL): boolean {
  return username + password + search + hash === "" && pathname === "/";
}

function wholeNumber({ min, max, unset }: { min: number; max: number; unset: number }) {
  return optionalText.transform((text, context) => {
    if (text === undefined) return unset;
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= min && number <= max) return number;
    context.addIssue({ code: "custom", message: `must be a whole number from ${min} to ${max}` });
    return z.NEVER;
  });
}

function oneOf<const Choice extends string>(choices: readonly Choice[], unset: Choice) {
  return optionalText.transform((text, context) => {
    const choice = text === undefined ? unset : choices.find((each) => each === text);
    if (choice !== undefined) return choice;
    context.addIssue({ code: "custom", message: `must be one of ${choices.join(", ")}` });
    return z.NEVER;
  });
}

const proxyAddress = optionalText.refine((text) => text === undefined || isHttp(URL.parse(text)), {
  message: "must be an http(s) address, such as http://proxy.example:3128",
});

const secrets = optionalText
  .transform(listed)
  .refine((keys) => keys.every((key) => key.length >= SECRET_LENGTH_MIN), {
    message: "must be a comma-separated list of secrets, each with at least 32 characters",
  });

const schema = z.object({
  NODE_ENV: optionalText,
  PORT: wholeNumber({ min: 0, max: PORT_MAX, unset: 3000 }),
  HOST: optionalText.transform((host) => host ?? "127.0.0.1"),
  GANTRY_URL: httpOrigin,
  DATABASE_URL: optionalText.refine((url) => url === undefined || /^postgres(ql)?:\/\//.test(url), {
    message: "must start with postgres:// (leave it empty for the embedded database)",
  }),
  GANTRY_DATA_DIR: optionalText.transform((dir) => path.resolve(dir ?? ".data")),
  GANTRY_ROLE: oneOf(["all", "web", "worker"], "all"),
  GANTRY_REGISTRIES: optionalText.transform((text) => text ?? "docker.io"),
  GANTRY_REGISTRY_CREDENTIALS: optionalText,
  GANTRY_REGISTRY_CREDENTIALS_FILE: optionalText,
  GANTRY_CREDENTIAL_KEYS: secrets,
  GANTRY_MEDIA_HOSTS: optionalText,
  GANTRY_TRUSTED_PROXIES: optionalText,
  GANTRY_MAX_CONNECTIONS: wholeNumber({ min: 10, max: 1_000_000, unset: 8_000 }),
  GANTRY_ALLOWED_ORIGINS: httpOrigins,
  GANTRY_SCAN_INTERVAL_SECONDS: wholeNumber({ min: 10, max: 604_800, unset: 900 }),
  GANTRY_LOG_LEVEL: oneOf(["silent", "error", "warn", "info", "debug"], "info"),
  HTTPS_PROXY: proxyAddress,
  HTTP_PROXY: proxyAddress,
  NO_PROXY: optionalText,
  NODE_EXTRA_CA_CERTS: optionalText,
  AUTH_SECRET: optionalText.refine((secret) => secret === undefined || secret.length >= SECRET_LENGTH_MIN, {
    message: "must have at least 32 characters",
  }),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: optionalText,
  GANTRY_SECURITY_CONTACT: optionalText.transform(listed).refine((contacts) => contacts.every(isContact), {
    message: "must be a comma-separated list of addresses that begin with https:, mailto: or tel:",
  }),
  GANTRY_AUDIT_KEYS: secrets,
});

/** Contacts allowed by RFC 9116, without plain http, which could be modified in transit. */
function isContact(text: string): boolean {
  return ["https:", "mailto:", "tel:"].includes(URL.parse(text)?.protocol ?? "") && !/\s/.test(text);
}

/** The items of a comma-separated list, without empty ones. */
function listed(text: string | undefined): string[] {
  return (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

export type Env = {
  development: boolean;
  port: number;
  host: string;
  /** The public URL of this instance; undefined: derived from host and port once listening. */
  url: string | undefined;
  databaseUrl: string | undefined;
  dataDir: string;
  role: "all" | "web" | "worker";
  /** `lib/registry` defines the grammar. */
  registries: string;
  /** JSON. `lib/marketplace/registry-credentials` defines it. */
  registryCredentials: string | undefined;
  /** A file with the same JSON. */
  registryCredentialsFile: string | undefined;
  /** Secrets that seal stored registry credentials, newest first; empty: the one that seals sessions. */
  credentialKeys: string[];
  /** `lib/egress/media-hosts` defines the grammar. */
  mediaHosts: string;
  /** Trusted proxies: comma-separated addresses or CIDR ranges whose `X-Forwarded-For` is trusted. */
  trustedProxies: string[];
  /** Maximum number of open connections, across all clients. */
  connectionsMax: number;
  /** Origins of websites whose pages can call `POST /inspections` (CORS). */
  allowedOrigins: string[];
  scanIntervalSeconds: number;
  logLevel: "silent" | "error" | "warn" | "info" | "debug";
  /** The corporate proxy for outbound requests; the lower-case spellings of these variables count too. */
  proxy: { httpsProxy?: string; httpProxy?: string; noProxy?: string };
  /** A file of PEM certificates trusted in addition to the built-in ones. */
  extraCaCertificates: string | undefined;
  authSecret: string | undefined;
  /** Secrets that seal the audit log, newest first; empty: the one that seals sessions. */
  auditKeys: string[];
  /** Where people report vulnerabilities (RFC 9116 contacts). */
  securityContacts: string[];
};

/** Validates the settings. Throws a single `AppError("configuration")` that names every invalid variable. */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const parsed = schema.safeParse(withProxySpellings(source));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
    throw new AppError("configuration", `The environment is not valid: ${problems.join("; ")}.`, {
      suggestion:
        "Correct these variables in the environment or in .env. README.md lists the main ones, and .env.example all of them.",
    });
  }
  const env = parsed.data;
  refuseUnsafeRole(env);
  return {
    development: env.NODE_ENV === "development",
    port: env.PORT,
    host: env.HOST,
    url: env.GANTRY_URL,
    databaseUrl: env.DATABASE_URL,
    dataDir: env.GANTRY_DATA_DIR,
    role: env.GANTRY_ROLE,
    registries: env.GANTRY_REGISTRIES,
    registryCredentials: env.GANTRY_REGISTRY_CREDENTIALS,
    registryCredentialsFile: env.GANTRY_REGISTRY_CREDENTIALS_FILE,
    credentialKeys: env.GANTRY_CREDENTIAL_KEYS,
    mediaHosts: env.GANTRY_MEDIA_HOSTS ?? "",
    trustedProxies: listed(env.GANTRY_TRUSTED_PROXIES),
    connectionsMax: env.GANTRY_MAX_CONNECTIONS,
    allowedOrigins: env.GANTRY_ALLOWED_ORIGINS,
    scanIntervalSeconds: env.GANTRY_SCAN_INTERVAL_SECONDS,
    logLevel: env.GANTRY_LOG_LEVEL,
    proxy: {
      ...(env.HTTPS_PROXY === undefined ? {} : { httpsProxy: env.HTTPS_PROXY }),
      ...(env.HTTP_PROXY === undefined ? {} : { httpProxy: env.HTTP_PROXY }),
      ...(env.NO_PROXY === undefined ? {} : { noProxy: env.NO_PROXY }),
    },
    extraCaCertificates: env.NODE_EXTRA_CA_CERTS,
    authSecret: env.AUTH_SECRET,
    auditKeys: env.GANTRY_AUDIT_KEYS,
    securityContacts: env.GANTRY_SECURITY_CONTACT,
  };
}

/** Many machines set only `https_proxy`, which curl and similar tools read too. */
function withProxySpellings(source: Record<string, string | undefined>) {
  const names = ["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"];
  const read = (name: string): [string, string | undefined] => [
    name,
    source[name] || source[name.toLowerCase()],
  ];
  return { ...source, ...Object.fromEntries(names.map(read)) };
}

/**
 * Multiple processes must share secrets and a database; if each created its own, requests would fail at random later.
 */
function refuseUnsafeRole(env: z.infer<typeof schema>): void {
  if (env.GANTRY_ROLE === "all") return;
  const missing = [
    env.DATABASE_URL ? undefined : "DATABASE_URL",
    env.AUTH_SECRET ? undefined : "AUTH_SECRET",
    env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ? undefined : "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY",
  ].filter((name) => name !== undefined);
  if (missing.length === 0) return;
  throw new AppError(
    "configuration",
    `GANTRY_ROLE=${env.GANTRY_ROLE} needs ${missing.join(", ")}, because its processes must share them.`,
    {
      suggestion: "Set the same values for every process, or use GANTRY_ROLE=all with the embedded database.",
    },
  );
}
