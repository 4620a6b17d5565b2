import path from "node:path";
import { describe, expect, test } from "vitest";
import { readEnv } from "@/lib/platform/env";
import { isAppError } from "@/lib/platform/errors";

const SECRET = "s".repeat(32);

test("without any variable everything has a default, and an empty one means the same as an unset one", () => {
  const defaults = {
    development: false,
    port: 3000,
    host: "127.0.0.1",
    url: undefined,
    databaseUrl: undefined,
    dataDir: path.resolve(".data"),
    role: "all",
    registries: "docker.io",
    registryCredentials: undefined,
    registryCredentialsFile: undefined,
    credentialKeys: [],
    mediaHosts: "",
    trustedProxies: [],
    connectionsMax: 8_000,
    allowedOrigins: [],
    scanIntervalSeconds: 900,
    logLevel: "info",
    proxy: {},
    extraCaCertificates: undefined,
    authSecret: undefined,
    auditKeys: [],
    securityContacts: [],
  };
  expect(readEnv({})).toEqual(defaults);
  const names = [
    "PORT",
    "HOST",
    "GANTRY_URL",
    "DATABASE_URL",
    "GANTRY_DATA_DIR",
    "GANTRY_ROLE",
    "GANTRY_REGISTRIES",
    "GANTRY_MEDIA_HOSTS",
    "GANTRY_TRUSTED_PROXIES",
    "GANTRY_MAX_CONNECTIONS",
    "GANTRY_SCAN_INTERVAL_SECONDS",
    "GANTRY_LOG_LEVEL",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NO_PROXY",
    "NODE_EXTRA_CA_CERTS",
    "AUTH_SECRET",
    "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY",
  ];
  for (const empty of ["", "  "])
    expect(readEnv(Object.fromEntries(names.map((name) => [name, empty])))).toEqual(defaults);
});

test.each([
  ["NODE_ENV", "development", { development: true }],
  ["NODE_ENV", "production", { development: false }],
  ["PORT", "0", { port: 0 }],
  ["PORT", " 65535 ", { port: 65_535 }],
  ["HOST", "::1", { host: "::1" }],
  ["GANTRY_URL", "https://gantry.example/", { url: "https://gantry.example" }],
  ["GANTRY_URL", "http://Gantry.Example:8080", { url: "http://gantry.example:8080" }],
  ["DATABASE_URL", "postgres://u:p@db/gantry", { databaseUrl: "postgres://u:p@db/gantry" }],
  ["DATABASE_URL", "postgresql://db/gantry", { databaseUrl: "postgresql://db/gantry" }],
  ["GANTRY_DATA_DIR", "somewhere", { dataDir: path.resolve("somewhere") }],
  ["GANTRY_REGISTRIES", "ghcr.io,quay.io", { registries: "ghcr.io,quay.io" }],
  [
    "GANTRY_MEDIA_HOSTS",
    " media.corp.example, 10.0.0.7:8443",
    { mediaHosts: "media.corp.example, 10.0.0.7:8443" },
  ],
  ["GANTRY_TRUSTED_PROXIES", "10.0.0.0/8, ::1,,", { trustedProxies: ["10.0.0.0/8", "::1"] }],
  ["GANTRY_MAX_CONNECTIONS", "10", { connectionsMax: 10 }],
  [
    "GANTRY_ALLOWED_ORIGINS",
    "https://a.example, http://b.example:81/,",
    { allowedOrigins: ["https://a.example", "http://b.example:81"] },
  ],
  ["GANTRY_SCAN_INTERVAL_SECONDS", "10", { scanIntervalSeconds: 10 }],
  ["GANTRY_SCAN_INTERVAL_SECONDS", "604800", { scanIntervalSeconds: 604_800 }],
  ["GANTRY_LOG_LEVEL", "debug", { logLevel: "debug" }],
  ["HTTPS_PROXY", "http://proxy.example:3128", { proxy: { httpsProxy: "http://proxy.example:3128" } }],
  ["https_proxy", "http://proxy.example:3128", { proxy: { httpsProxy: "http://proxy.example:3128" } }],
  ["HTTP_PROXY", "http://proxy.example:3128", { proxy: { httpProxy: "http://proxy.example:3128" } }],
  [
    "no_proxy",
    "registry.corp.example,10.0.0.5:5000",
    { proxy: { noProxy: "registry.corp.example,10.0.0.5:5000" } },
  ],
  ["NODE_EXTRA_CA_CERTS", "/etc/corp.pem", { extraCaCertificates: "/etc/corp.pem" }],
  ["AUTH_SECRET", SECRET, { authSecret: SECRET }],
])("%s=%j is understood", (name, value, expected) => {
  expect(readEnv({ [name]: value })).toMatchObject(expected);
});

test.each([
  ["PORT", "65536"],
  ["PORT", "-1"],
  ["PORT", "3000.5"],
  ["PORT", "0x10"],
  ["PORT", "1e3"],
  ["PORT", "http"],
  ["GANTRY_URL", "gantry.example"],
  ["GANTRY_URL", "ftp://gantry.example"],
  ["GANTRY_URL", "https://gantry.example/base"],
  ["GANTRY_URL", "https://gantry.example?x=1"],
  ["GANTRY_URL", "https://user:pass@gantry.example"],
  ["DATABASE_URL", "mysql://db/gantry"],
  ["DATABASE_URL", "file:./dev.db"],
  ["GANTRY_ROLE", "leader"],
  ["GANTRY_MAX_CONNECTIONS", "9"],
  ["GANTRY_SCAN_INTERVAL_SECONDS", "9"],
  ["GANTRY_SCAN_INTERVAL_SECONDS", "604801"],
  ["GANTRY_SCAN_INTERVAL_SECONDS", "15m"],
  ["GANTRY_LOG_LEVEL", "verbose"],
  ["HTTPS_PROXY", "proxy.example:3128"],
  ["HTTP_PROXY", "socks5://proxy.example"],
  ["AUTH_SECRET", "s".repeat(31)],
])("%s=%j is refused by name", (name, value) => {
  expect(refusalOf({ [name]: value })).toMatchObject({
    code: "configuration",
    message: expect.stringContaining(`${name} must`),
    suggestion: expect.stringContaining("README.md"),
  });
});

test("every wrong variable is named at once, and no value of a secret is repeated", () => {
  const { message } = refusalOf({
    PORT: "x",
    GANTRY_ROLE: "x",
    AUTH_SECRET: "short-secret",
    DATABASE_URL: "mysql://u:hunter2@db",
  });
  for (const name of ["PORT", "GANTRY_ROLE", "AUTH_SECRET", "DATABASE_URL"]) expect(message).toContain(name);
  expect(message).not.toMatch(/short-secret|hunter2/);
});

describe.each(["web", "worker"])("the role %s", (role) => {
  const shared = {
    GANTRY_ROLE: role,
    DATABASE_URL: "postgres://db/gantry",
    AUTH_SECRET: SECRET,
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: "k".repeat(44),
  };

  test("starts with the secrets that its processes share", () => {
    expect(readEnv(shared)).toMatchObject({ role });
  });

  test.each(["DATABASE_URL", "AUTH_SECRET", "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY"])(
    "refuses to start without %s",
    (missing) => {
      expect(refusalOf({ ...shared, [missing]: "" })).toMatchObject({
        code: "configuration",
        message: `GANTRY_ROLE=${role} needs ${missing}, because its processes must share them.`,
      });
    },
  );
});

function refusalOf(source: Record<string, string>) {
  try {
    readEnv(source);
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
  throw new Error("was not refused");
}

test("audit keys are a list, and each one has the length of a secret", () => {
  const [newest, oldest] = ["n".repeat(32), "o".repeat(40)];
  expect(readEnv({ GANTRY_AUDIT_KEYS: ` ${newest} , ${oldest},` }).auditKeys).toEqual([newest, oldest]);
  expect(() => readEnv({ GANTRY_AUDIT_KEYS: `${newest},short` })).toThrow(/GANTRY_AUDIT_KEYS/);
  expect(readEnv({ GANTRY_CREDENTIAL_KEYS: `${newest},${oldest}` }).credentialKeys).toEqual([newest, oldest]);
});

test.each(["security@acme.example", "http://acme.example/security", "mailto:a@acme.example\nPolicy: x"])(
  "%j is no security contact",
  (contact) => {
    expect(() => readEnv({ GANTRY_SECURITY_CONTACT: contact })).toThrow(/GANTRY_SECURITY_CONTACT/);
  },
);

test("several security contacts are a list", () => {
  const contacts = ["mailto:security@acme.example", "https://acme.example/security"];
  expect(readEnv({ GANTRY_SECURITY_CONTACT: contacts.join(", ") }).securityContacts).toEqual(contacts);
});
