import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A certificate (PEM) as Fulcio makes them: who signed, and who says so. Lines are those of an OpenSSL extension section. */
export function signingCertificate(extensions: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "gantry-signer-"));
  try {
    const [config, key, certificate] = ["openssl.cnf", "key.pem", "crt.pem"].map((name) =>
      join(folder, name),
    );
    if (config === undefined || key === undefined || certificate === undefined) throw new Error("no paths");
    const sections = [
      "[req]",
      "distinguished_name=dn",
      "x509_extensions=ext",
      "[dn]",
      "[ext]",
      ...extensions,
    ];
    writeFileSync(config, `${sections.join("\n")}\n`);
    const made = spawnSync("openssl", [
      ...[
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
      ],
      ...["-subj", "/", "-config", config, "-keyout", key, "-out", certificate],
    ]);
    if (made.status !== 0)
      throw new Error(`openssl could not make a certificate: ${made.stderr ?? made.error}`);
    return readFileSync(certificate, "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Fulcio's extensions for the issuer of an identity: the current one holds a DER string, the older one bare bytes. */
export const issuerExtension = (issuer: string) => `1.3.6.1.4.1.57264.1.8=ASN1:UTF8String:${issuer}`;
export const oldIssuerExtension = (issuer: string) =>
  `1.3.6.1.4.1.57264.1.1=DER:${Buffer.from(issuer).toString("hex")}`;
