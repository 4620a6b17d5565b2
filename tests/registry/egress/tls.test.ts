import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readBody } from "@/lib/egress/body";
import { createGuardedFetch } from "@/lib/egress/guarded-fetch";
import { type Listening, listen } from "@/tests/support/listen";

let folder: string;
let listening: Listening;
let certificate: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gantry-tls-"));
  const [key, crt] = [join(folder, "key.pem"), join(folder, "crt.pem")];
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
  spawnSync("openssl", [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    ...names,
    "-keyout",
    key,
    "-out",
    crt,
  ]);
  certificate = readFileSync(crt, "utf8");
  const server = createServer({ key: readFileSync(key), cert: certificate }, (_request, response) => {
    response.end("ok");
  });
  listening = await listen(server, "https");
});
afterAll(async () => {
  await listening?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function visit(options: { ca?: string[] }) {
  const fetch = createGuardedFetch({ allowPrivate: () => true, allowHttp: () => false, ...options });
  try {
    return await readBody(await fetch({ url: new URL(listening.origin), maxBytes: 10 }));
  } finally {
    await fetch.close();
  }
}

test("a certificate that nobody vouches for is refused", async () => {
  await expect(visit({})).rejects.toMatchObject({ code: "unreachable", details: { failure: "tls" } });
});

test("a certificate authority that the operator names is trusted", async () => {
  await expect(visit({ ca: [certificate] })).resolves.toHaveLength(2);
});
