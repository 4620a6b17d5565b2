import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { readContainerFile } from "@/tests/support/processes/container";

const service = z.object({
  image: z.string(),
  environment: z.record(z.string(), z.string()),
  user: z.string().optional(),
});
const composeSchema = z.object({
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.null()),
});

const text = readFileSync("compose.yaml", "utf8");
const { services } = composeSchema.parse(parse(text, { merge: true }));
const file = readContainerFile();

/** The settings that exist, and the switches of Node and Next. */
const KNOWN = new Set([
  ...[...readFileSync(".env.example", "utf8").matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name),
  "NODE_ENV",
  "NEXT_TELEMETRY_DISABLED",
]);

test("compose.yaml has a web, a worker and a database", () => {
  expect(Object.keys(services).sort()).toEqual(["postgres", "web", "worker"]);
  expect(services.web?.environment.GANTRY_ROLE).toBe("web");
  expect(services.worker?.environment.GANTRY_ROLE).toBe("worker");
});

test.each(["web", "worker"])(
  "%s gets only settings that exist, and every secret that its role needs",
  (name) => {
    const environment = services[name]?.environment ?? {};
    expect(Object.keys(environment).filter((setting) => !KNOWN.has(setting))).toEqual([]);
    for (const secret of ["DATABASE_URL", "AUTH_SECRET", "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY"]) {
      expect(environment[secret]).toMatch(/\$\{\w+:\?[^}]+\}/);
    }
  },
);

test("a secret that is missing stops compose with a sentence, and no secret has a default", () => {
  const variables = [...text.matchAll(/\$\{(\w+)(:[-?])?([^}]*)\}/g)];
  // Empty means the session secret, which is required.
  const optional = new Set(["GANTRY_AUDIT_KEYS", "GANTRY_CREDENTIAL_KEYS"]);
  const secrets = variables.filter(
    ([, name = ""]) => /SECRET|KEY|PASSWORD/.test(name) && !optional.has(name),
  );
  expect(secrets.length).toBeGreaterThanOrEqual(3);
  for (const [, name, kind, words] of secrets)
    expect([name, kind, words]).toEqual([name, ":?", expect.stringMatching(/^Set .+openssl rand/)]);
});

test("the tags of images name a version", () => {
  expect(services.postgres?.image).toMatch(/^postgres:1[5-9]\.\d+-alpine$/);
  expect(readFileSync("Dockerfile", "utf8")).toMatch(/^ARG NODE_VERSION=24\.\d+$/m);
});

describe("the Dockerfile", () => {
  test("sets only settings that exist", () => {
    expect(Object.keys(file.environment).filter((setting) => !KNOWN.has(setting))).toEqual([]);
    expect(file.environment).toMatchObject({ HOST: "0.0.0.0", PORT: "3000", NODE_ENV: "production" });
  });

  test("copies only what exists", () => {
    const made = [".next", "node_modules"];
    expect(file.copied.filter((each) => !made.includes(each) && !existsSync(each))).toEqual([]);
  });

  test("its build gets what it copies later, and no secret or data of the checkout", () => {
    const lines = readFileSync(".dockerignore", "utf8").split("\n");
    const sent = lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
    const needed = file.copied
      .map((each) => each.split("/")[0])
      .filter((each) => each !== ".next" && each !== "node_modules");
    expect(needed.filter((each) => !sent.includes(each ?? ""))).toEqual([]);
    expect(lines.find((line) => line !== "" && !line.startsWith("#"))).toBe("*");
    expect(
      sent.filter((each) => each.startsWith(".") || !existsSync(each)).filter((each) => each !== "public"),
    ).toEqual([]);
  });
});

test("the image has the packages that a server needs, and the build stage those of the build, too", () => {
  const stages = readFileSync("Dockerfile", "utf8").split("\nFROM ");
  const stage = (name: string) =>
    stages.find((each) => each.split("\n", 1)[0]?.endsWith(` AS ${name}`)) ?? "";
  expect(stage("build")).toContain("RUN npm ci --no-audit --no-fund\n");
  expect(stage("build")).toContain("RUN npm run build");
  expect(stage("packages")).toMatch(/npm ci --omit=dev .*npm pkg delete devDependencies .*npm prune/s);
  expect(stages.at(-1)).toContain("COPY --from=packages /app/node_modules");
});
