import { expect, test } from "vitest";
import { parseDigest } from "@/lib/extension/reference/digest";
import { secretFindings } from "@/lib/inspection/files/secret-findings";
import { withoutSecrets } from "@/lib/inspection/files/without-secrets";
import type { PlatformImage } from "@/lib/inspection/image/platform-images";
import { inspectionReport } from "@/tests/builders/inspection-report";

/** Put together here, so that no scanner takes it for a real one. */
const TOKEN = ["gh", "p_", "aK3dQ9xB7mZ2pR5tW8vY4cN6gH1jL0sEfUiO"].join("");
const PASSWORD = ["q7Zk2", "mX9vB4t"].join("");

function image(parts: Partial<PlatformImage>): PlatformImage {
  const digest = parseDigest(`sha256:${"0".repeat(64)}`);
  if (digest === undefined) throw new Error("This is a digest.");
  return {
    platform: { os: "linux", architecture: "amd64" },
    disputed: false,
    selectable: true,
    digest,
    rootfs: { type: "layers", diffIds: [] },
    config: { digest, mediaType: "application/json", sizeBytes: 1, annotations: {}, foreign: false },
    layers: [],
    created: null,
    labels: {},
    annotations: {},
    environment: [],
    start: { command: [], workingDir: "" },
    history: [],
    ...parts,
  };
}

test("a secret is told by its kind and place, wherever it stands, and never repeated", () => {
  const findings = secretFindings(
    [
      image({
        environment: ["PATH=/bin", `DB_PASSWORD=${PASSWORD}`],
        labels: { "com.acme.note": `token ${TOKEN}` },
        history: ["RUN make", `ENV DB_PASSWORD=${PASSWORD}`, `RUN curl -H "${TOKEN.replace("aK3", "bK3")}"`],
      }),
    ],
    [{ place: "metadata.json", text: `{\n  "x": "${TOKEN.replace("aK3", "cK3")}"\n}` }],
  );
  expect(findings.map(({ code, evidence }) => [code, evidence.kind, evidence.place])).toEqual([
    ["secret_found", "password", "the environment variable DB_PASSWORD"],
    ["secret_found", "github_token", "the label com.acme.note"],
    ["secret_found", "github_token", "step 3 of the build history"],
    ["secret_found", "github_token", "metadata.json, line 2"],
  ]);
  expect(JSON.stringify(findings)).not.toMatch(/K3dQ9|q7Zk2/);
});

test("the same secret on both platforms is told once", () => {
  const one = image({ environment: [`DB_PASSWORD=${PASSWORD}`] });
  expect(secretFindings([one, one], [])).toHaveLength(1);
});

test("no report keeps a secret, wherever it stood", () => {
  const report = inspectionReport("one", { labels: { description: `Log in with ${TOKEN}.` } });
  for (const platform of report.platforms) platform.labels.note = `password=${PASSWORD}`;
  const clean = withoutSecrets(report);
  expect(JSON.stringify(clean)).not.toMatch(/K3dQ9|q7Zk2/);
  expect(clean.labels.description).toBe("Log in with [a GitHub token, removed].");
  expect(clean.platforms[0]?.labels.note).toBe("password=[a password or key, removed]");
  expect(withoutSecrets(inspectionReport("two"))).toEqual(inspectionReport("two"));
});
