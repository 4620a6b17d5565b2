// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are written so

import { describe, expect, test } from "vitest";
import { makeFinding } from "@/lib/extension/findings/finding";
import { findSecrets, maskSecrets } from "@/lib/extension/secrets/find-secrets";
import { SECRET_KINDS } from "@/lib/extension/secrets/secret-kinds";
import fc from "@/tests/builders/fast-check";

const LETTERS = "aK3dQ9xB7mZ2pR5tW8vY4cN6gH1jL0sEfUiOoPqDrTyXbVkC";

/** Text of this length that looks made by chance. Put together here, so that no scanner takes it for a real secret. */
function random(length: number, alphabet = LETTERS): string {
  return Array.from({ length }, (_, at) => alphabet[(at * 7 + at * at) % alphabet.length]).join("");
}

const HEX = "0123456789abcdef";
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const secret = (...parts: string[]) => parts.join("");

/** Kind, a text that holds one, and one that only looks alike. */
const SAMPLES: [kind: string, valid: string, invalid: string][] = [
  [
    "private_key",
    secret("-----BEGIN RSA ", "PRIVATE KEY-----\n", random(200), "\n-----END RSA ", "PRIVATE KEY-----"),
    "-----BEGIN PUBLIC KEY-----\nabc\n-----END PUBLIC KEY-----",
  ],
  ["aws_access_key", secret("AK", "IA", random(16, UPPER)), "AKIAIOSFODNN7EXAMPLE"],
  [
    "aws_secret_key",
    secret("aws_secret_", "access_key = ", random(40)),
    `aws_secret_access_key = ${"a".repeat(40)}`,
  ],
  ["github_token", secret("gh", "p_", random(36)), `ghp_${"x".repeat(36)}`],
  ["github_token", secret("gh", "s_", random(36)), "ghs_short"],
  ["github_fine_grained_token", secret("github", "_pat_", random(22), "_", random(59)), "github_pat_11AAAA"],
  ["gitlab_token", secret("gl", "pat-", random(20)), "glpat-your-token"],
  ["npm_token", secret("np", "m_", random(36)), "npm_config_registry_and_other_words_of_npm"],
  ["pypi_token", secret("py", "pi-AgEIcHlwaS5vcmc", random(60)), "pypi-release"],
  ["docker_token", secret("dckr", "_pat_", random(27)), "dckr_pat_"],
  ["slack_token", secret("xo", "xb-", "123456789012-", random(24)), "xoxb-no"],
  [
    "slack_webhook",
    secret("https://hooks.sla", "ck.com/services/T12345678/B12345678/", random(24)),
    "https://hooks.slack.com/services/",
  ],
  ["stripe_key", secret("sk", "_live_", random(24)), `sk_test_${"a".repeat(24)}`],
  ["google_api_key", secret("AI", "za", random(35)), "AIza-short"],
  [
    "google_service_account",
    secret('"private_key', '_id": "', random(40, HEX), '"'),
    '"private_key_id": "none"',
  ],
  ["azure_storage_key", secret("Account", "Key=", random(86), "=="), "AccountKey=abc=="],
  [
    "json_web_token",
    secret("ey", "J", random(20), ".ey", "J", random(40), ".", random(43)),
    "eyJhbGciOi.x.y",
  ],
  ["twilio_key", secret("S", "K", random(32, HEX)), `SK${"0".repeat(32)}`],
  ["sendgrid_key", secret("SG", ".", random(22), ".", random(43)), "SG.a.b"],
  ["anthropic_key", secret("sk-", "ant-api03-", random(60)), "sk-ant-"],
  ["openai_key", secret("sk-", "proj-", random(30), "T3Blbk", "FJ", random(30)), "sk-proj-abc"],
  ["hugging_face_token", secret("h", "f_", random(34)), "hf_transfer"],
  ["digitalocean_token", secret("dop", "_v1_", random(64, HEX)), "dop_v1_0"],
  [
    "password_in_address",
    secret("postgres://app:", "s3cr", "3tQx9w@db:5432/x"),
    "postgres://app:${PASSWORD}@db:5432/x",
  ],
  ["password", secret("DB_PASS", "WORD=", "q7Zk2mX9vB4t"), "DB_PASSWORD=changeme123"],
  ["password", secret('{ "apiKey": "', "q7Zk2mX9vB4tR1", '" }'), "API_KEY=${API_KEY}"],
  ["password", secret("auth", "_key: ", "q7Zk2mX9vB4tR1"), "TOKEN_FILE=/run/secrets/token9x2k"],
];

describe("secrets", () => {
  test.each(SAMPLES)("%s", (kind, valid, invalid) => {
    expect(findSecrets(`before ${valid} after`).map((found) => found.kind)).toContain(kind);
    expect(findSecrets(`before ${invalid} after`)).toEqual([]);
  });

  test("there is a sample of every kind", () => {
    expect([...new Set(SAMPLES.map(([kind]) => kind))].sort()).toEqual(
      [...new Set(SECRET_KINDS.map(({ kind }) => kind))].sort(),
    );
  });

  test("what stands around a secret stays, and the secret goes", () => {
    for (const [, valid] of SAMPLES) {
      const masked = maskSecrets(`before ${valid} after`);
      expect(masked).toMatch(/^before .*after$/s);
      expect(masked).toMatch(/\[[^\]]+, removed\]/);
      expect(findSecrets(masked)).toEqual([]);
    }
  });

  test("ordinary texts of extensions hold none", () => {
    for (const text of [
      "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      "NODE_VERSION=20.20.2",
      "https://example.com/icon.svg?token=AAAABBBB12345678",
      "COPY --from=builder /app/token-service /token-service # buildkit",
      "RUN --mount=type=secret,id=npmrc npm ci",
      "<p>The password is asked for at the first start; tokens are kept in the key chain.</p>",
      '{"ui": {"dashboard-tab": {"title": "Secrets", "root": "/ui", "src": "index.html"}}}',
    ]) {
      expect(findSecrets(text)).toEqual([]);
    }
  });

  test("a finding never repeats a secret that stands in its evidence", () => {
    for (const [, valid] of SAMPLES) {
      const text = JSON.stringify(makeFinding("category_unknown", { value: valid }));
      expect(text).not.toContain(JSON.stringify(valid).slice(1, -1));
    }
  });

  test("any text is read in bounded time, and masking twice changes nothing more", () => {
    const piece = fc.constantFrom(
      "eyJ",
      "-----BEGIN PRIVATE KEY-----",
      "password=",
      "://a:",
      "@",
      "AKIA",
      "-",
      "_",
      ".",
      "a1B2c3D4e5",
      " ",
      "\n",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 60 }).map((all) => all.join("")),
        ),
        (text) => {
          const masked = maskSecrets(text);
          expect(masked.length).toBeLessThanOrEqual(text.length + 100 * 60);
        },
      ),
      { numRuns: 1500 },
    );
    for (const unit of [
      "-----BEGIN PRIVATE KEY-----",
      "eyJ-",
      "eyJa.",
      "sk-",
      "a:",
      "x://",
      "password=",
      "aws_key",
    ]) {
      findSecrets(unit.repeat(200_000 / unit.length));
    }
  });
});
