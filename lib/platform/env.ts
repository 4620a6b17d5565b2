/** The single door to `process.env`: read once, checked, typed. */

import path from "node:path";
import { z } from "zod";
import { AppError } from "@/lib/platform/errors";

const PORT_MAX = 65_535;

/** An unset variable and an empty one mean the same. */
const optionalText = z
  .string()
  .trim()
  .optional()
  .transform((text) => text || undefined);

const httpOrigin = optionalText.transform((text, context) => {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url && (url.protocol === "http:" || url.protocol === "https:") && url.pathname === "/")
    return url.origin;
  context.addIssue({
    code: "custom",
    message: "must be an http(s) address without a path, such as https://gantry.example",
  });
  return z.NEVER;
});

const schema = z.object({
  NODE_ENV: optionalText,
  PORT: z.coerce.number().int().min(0).max(PORT_MAX).default(3000),
  HOST: optionalText.transform((host) => host ?? "127.0.0.1"),
  GANTRY_URL: httpOrigin,
  DATABASE_URL: optionalText.refine((url) => url === undefined || /^postgres(ql)?:\/\//.test(url), {
    message: "must start with postgres:// (leave it empty for the embedded database)",
  }),
  GANTRY_DATA_DIR: optionalText.transform((dir) => path.resolve(dir ?? ".data")),
  GANTRY_ROLE: z.enum(["all", "web", "worker"]).default("all"),
  GANTRY_REGISTRIES: optionalText.transform((text) => text ?? "docker.io"),
  GANTRY_TRUSTED_PROXIES: optionalText,
  GANTRY_SCAN_INTERVAL_SECONDS: z.coerce.number().int().min(10).max(604_800).default(900),
  GANTRY_LOG_LEVEL: z.enum(["silent", "error", "warn", "info", "debug"]).default("info"),
  HTTPS_PROXY: optionalText,
  AUTH_SECRET: optionalText.refine((secret) => secret === undefined || secret.length >= 32, {
    message: "must have at least 32 characters",
  }),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: optionalText,
});

export type Env = {
  development: boolean;
  port: number;
  host: string;
  /** How the outside calls this instance; undefined = derived from host and port once listening. */
  url: string | undefined;
  databaseUrl: string | undefined;
  dataDir: string;
  role: "all" | "web" | "worker";
  /** The grammar is `lib/registry`'s. */
  registries: string;
  /** Comma-separated addresses or CIDR ranges whose `X-Forwarded-For` is believed. */
  trustedProxies: string[];
  scanIntervalSeconds: number;
  logLevel: "silent" | "error" | "warn" | "info" | "debug";
  httpsProxy: string | undefined;
  authSecret: string | undefined;
};

/** The checked settings; throws one `AppError("configuration")` that names every wrong variable. */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const parsed = schema.safeParse(source);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
    throw new AppError("configuration", `The environment is not valid: ${problems.join("; ")}.`, {
      suggestion: "Correct these variables in the environment or in .env; README.md lists them all.",
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
    trustedProxies: env.GANTRY_TRUSTED_PROXIES?.split(",").map((part) => part.trim()) ?? [],
    scanIntervalSeconds: env.GANTRY_SCAN_INTERVAL_SECONDS,
    logLevel: env.GANTRY_LOG_LEVEL,
    httpsProxy: env.HTTPS_PROXY,
    authSecret: env.AUTH_SECRET,
  };
}

/** Several processes must share secrets and a database; each making its own would look fine and then fail at random. */
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
