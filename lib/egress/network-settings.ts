import { readFile } from "node:fs/promises";
import type { ProxySettings } from "@/lib/egress/dispatcher";
import type { Env } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";

/** Reads the network settings that all guarded fetches of this process share. Throws `configuration`. */
export async function networkSettings({
  proxy,
  extraCaCertificates: file,
}: Pick<Env, "proxy" | "extraCaCertificates">): Promise<{ proxy: ProxySettings; ca?: string[] }> {
  return file === undefined ? { proxy } : { proxy, ca: [await readCertificates(file)] };
}

/** Node reads this variable only from the real environment and ignores a file that it cannot read. */
async function readCertificates(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch((cause) => {
    throw unusable(file, "it can't be read", cause);
  });
  if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
  throw unusable(file, "it contains no PEM certificate");
}

function unusable(file: string, why: string, cause?: unknown): AppError {
  return new AppError("configuration", `NODE_EXTRA_CA_CERTS names ${file}: ${why}.`, {
    suggestion: "Set it to a readable file with PEM certificates, or leave it empty.",
    cause,
  });
}
