// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Compose writes variables so
import { describe, expect, test } from "vitest";
import { findSecrets } from "@/lib/extension/secrets/find-secrets";

/** Ways to give a service the password of a database, in a Compose file or in files that it names. */
const PLACES: [name: string, text: (value: string) => string][] = [
  ["a map", (value) => `environment:\n  DB_PASSWORD: ${value}\n`],
  ["a quoted map", (value) => `environment:\n  DB_PASSWORD: "${value}"\n`],
  ["a list", (value) => `environment:\n  - DB_PASSWORD=${value}\n`],
  ["a flow list", (value) => `environment: ["DB_PASSWORD=${value}"]`],
  ["an env file", (value) => `# database\nDB_PASSWORD=${value}\n`],
  ["a quoted env file", (value) => `DB_PASSWORD='${value}'`],
  ["a default", (value) => `DB_PASSWORD: \${DB_PASSWORD:-${value}}`],
  ["a default of an unset variable only", (value) => `- DB_PASSWORD=\${DB_PASSWORD-${value}}`],
  ["a default of another variable", (value) => `PGPASS: "\${APP_DB_PASSWORD:-${value}}"`],
  ["a default within a default", (value) => `X: \${A:-\${DB_PASSWORD:-${value}}}`],
  ["an alternative", (value) => `X: \${DB_PASSWORD:+${value}}`],
  ["a default in an address", (value) => `URL: postgres://app:\${DB_PASSWORD:-${value}}@db/app`],
  ["an address", (value) => `URL: postgres://app:${value}@db:5432/app`],
  ["an argument with an equals sign", (value) => `command: server --db-password=${value} --verbose`],
  ["an argument after a space", (value) => `command: server --db-password ${value} --verbose`],
  ["a flow list of arguments", (value) => `command: ["server", "--db-password", "${value}"]`],
  ["a list of arguments", (value) => `command:\n  - server\n  - --db-password\n  - ${value}\n`],
  ["a build argument", (value) => `build:\n  context: .\n  args:\n    DB_PASSWORD: ${value}\n`],
  ["the content of a config", (value) => `configs:\n  app:\n    content: |\n      db.password=${value}\n`],
  ["a label", (value) => `labels:\n  - "com.acme.db.password=${value}"\n`],
  ["JSON", (value) => `{"dbPassword": "${value}"}`],
];

/** Put together here, so that no scanner takes them for real ones. */
const REAL = [["q7Zk2m", "X9vB4t"].join(""), ["Tr0ub4dor", "Horse9"].join(""), ["8f3a91c0", "5d7e"].join("")];

const EXAMPLES = [
  "changeme",
  "changeme123",
  "password",
  "password123",
  "Passw0rd",
  "postgres",
  "postgres123",
  "mysecretpassword",
  "my-secret-pw",
  "example",
  "somewordpress",
  "hunter2",
  "your-password-1",
  "supersecret1",
];

describe.each(PLACES)("%s", (_, place) => {
  test.each(REAL)("has a password %#", (value) => {
    const text = place(value);
    const found = findSecrets(text);
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([value]);
  });

  test.each(EXAMPLES)("has the example %s", (value) => {
    expect(findSecrets(place(value))).toEqual([]);
  });
});

describe("no values", () => {
  test.each([
    ["DB_PASSWORD: ${DB_PASSWORD:?Please set a v4lue f0r it}"],
    ["DB_PASSWORD: ${DB_PASSWORD:?Set-Th1s-v4riable}"],
    ["DB_PASSWORD: ${DB_PASSWORD:-${OTHER_PASSWORD_1}}"],
    ["DB_PASSWORD: ${DB_PASSWORD:-/run/secrets/db9x2k1}"],
    ["DB_PASSWORD_FILE: /run/secrets/db9x2k1"],
    ["command: server --token-file /etc/t0ken9x2k1"],
    ["command: server --password --config=c0nfig9x2k1"],
    ["token-based-auth2go is on"],
  ])("%s", (text) => {
    expect(findSecrets(text)).toEqual([]);
  });
});
