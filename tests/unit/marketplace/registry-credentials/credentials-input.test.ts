import { expect, test } from "vitest";
import { checkCredentials } from "@/lib/marketplace/registry-credentials/credentials-input";
import type { AppError } from "@/lib/platform/errors";
import { parseRegistries } from "@/lib/registry/registries";

const TABLE = parseRegistries("docker.io,ghcr.io,http://127.0.0.1:5000,https://harbor.corp.example");
const GOOD = { host: "ghcr.io", username: "robot", password: "hunter2" };

test.each([
  [{}, { host: "ghcr.io", namespace: "", tokenServer: undefined }],
  [{ host: " GHCR.io " }, { host: "ghcr.io" }],
  [
    { host: "index.docker.io", namespace: "acme" },
    { host: "docker.io", namespace: "acme" },
  ],
  [{ host: "docker.io", namespace: "acme/tool" }, { namespace: "acme/tool" }],
  [{ namespace: " /team/apps/ " }, { namespace: "team/apps" }],
  [{ username: " robot$team+pull " }, { username: "robot$team+pull" }],
  [{ password: "two\nlines\r\n" }, { password: "two\nlines" }],
  [{ password: " spaces stay " }, { password: " spaces stay " }],
  [{ tokenServer: "https://gitlab.corp.example/" }, { tokenServer: "https://gitlab.corp.example" }],
  [{ tokenServer: "gitlab.corp.example:8443" }, { tokenServer: "https://gitlab.corp.example:8443" }],
  [
    { host: "127.0.0.1:5000", tokenServer: "http://127.0.0.1:5001" },
    { tokenServer: "http://127.0.0.1:5001" },
  ],
])("%j is accepted", (given, read) => {
  expect(checkCredentials({ ...GOOD, ...given }, TABLE)).toMatchObject(read);
});

test.each([
  ["host", { host: "not a host" }],
  ["namespace", { namespace: "Team" }],
  ["namespace", { namespace: "team//apps" }],
  ["namespace", { namespace: "../team" }],
  ["namespace", { namespace: "team:1.0" }],
  ["namespace", { host: "docker.io", namespace: "a/b/c" }],
  ["namespace", { namespace: "x".repeat(201) }],
  ["username", { username: " " }],
  ["username", { username: "a:b" }],
  ["username", { username: "a\nb" }],
  ["password", { password: "\n" }],
  ["password", { password: "x".repeat(16_385) }],
  ["password", { password: "hunter2\u0000" }],
  ["tokenServer", { tokenServer: "http://gitlab.corp.example" }],
  ["tokenServer", { tokenServer: "https://user:pass@gitlab.corp.example" }],
  ["tokenServer", { tokenServer: "https://gitlab.corp.example/jwt/auth" }],
  ["tokenServer", { tokenServer: "file:///etc/passwd" }],
])("an invalid %s: %j", (field, given) => {
  let error: AppError | undefined;
  try {
    checkCredentials({ ...GOOD, ...given }, TABLE);
  } catch (thrown) {
    error = thrown as AppError;
  }
  expect(error).toMatchObject({ code: "invalid_input", details: { field } });
  expect(JSON.stringify([error?.message, error?.suggestion, error?.details])).not.toContain("hunter2");
});

test("a host that Gantry does not read from is refused", () => {
  expect(() => checkCredentials({ ...GOOD, host: "quay.io" }, TABLE)).toThrow(
    expect.objectContaining({ code: "registry_not_allowed" }),
  );
});
