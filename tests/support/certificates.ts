import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Certificate = { key: string; cert: string };

export type Authority = {
  /** Its own certificate in PEM, and the file that holds it. */
  cert: string;
  file: string;
  /** For these names, vouched for by nobody but itself. */
  selfSigned(names: string): Certificate;
  /** A certificate for these names (`DNS:registry.example`, `IP:127.0.0.1`); with `expired`, until yesterday. */
  issue(names: string, options?: { expired?: boolean }): Certificate;
  remove(): void;
};

const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

/** A certificate authority of the test's own, which nobody trusts by itself. */
export function createAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), "gantry-authority-"));
  const at = (name: string) => join(folder, name);
  openssl(["req", "-x509", ...KEY, "-subj", "/CN=The tests", "-keyout", at("ca.key"), "-out", at("ca.crt")]);
  let issued = 0;
  return {
    cert: readFileSync(at("ca.crt"), "utf8"),
    file: at("ca.crt"),
    issue(names, { expired = false } = {}) {
      issued += 1;
      const [key, request, cert] = ["key", "csr", "crt"].map((kind) => at(`${issued}.${kind}`));
      if (key === undefined || request === undefined || cert === undefined) throw new Error("no file names");
      const named = ["-addext", `subjectAltName=${names}`];
      openssl(["req", "-new", ...KEY, "-subj", "/CN=A server", ...named, "-keyout", key, "-out", request]);
      const signer = ["-CA", at("ca.crt"), "-CAkey", at("ca.key"), "-CAcreateserial"];
      const days = ["-days", expired ? "-1" : "1"];
      openssl(["x509", "-req", "-in", request, ...signer, ...days, "-copy_extensions", "copy", "-out", cert]);
      return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
    },
    selfSigned(names) {
      const [key, cert] = [at("self.key"), at("self.crt")];
      const named = ["-addext", `subjectAltName=${names}`];
      openssl(["req", "-x509", ...KEY, "-subj", "/CN=A server", ...named, "-keyout", key, "-out", cert]);
      return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function openssl(args: string[]): void {
  const { status, stderr } = spawnSync("openssl", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`openssl ${args[0]} failed: ${stderr}`);
}
