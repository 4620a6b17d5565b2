/** Images as people make them: `buildah bud` for both platforms, pushed with an index, copied with `skopeo`. */

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { EXTENSION_ICON, EXTENSION_LABELS, EXTENSION_METADATA } from "@/tests/builders/extension-image";

const run = promisify(execFile);

export type ImageTools = {
  /** Builds linux/amd64 and linux/arm64 and pushes them as one index to `host/path:tag`. */
  buildAndPush(reference: string, labels?: Record<string, string>): Promise<void>;
  /** Copies all platforms between registries that need no TLS. */
  copy(from: string, to: string): Promise<void>;
  close(): void;
};

const CONTAINERFILE = "FROM scratch\nCOPY ui /ui\nCOPY metadata.json disk-lens.svg /\n";

export function openImageTools(): ImageTools {
  const folder = mkdtempSync(path.join(tmpdir(), "gantry-tools-"));
  const context = path.join(folder, "context");
  mkdirSync(path.join(context, "ui"), { recursive: true });
  writeFileSync(path.join(context, "ui/index.html"), "<!doctype html><title>Disk Lens</title>");
  writeFileSync(path.join(context, "metadata.json"), JSON.stringify(EXTENSION_METADATA));
  writeFileSync(path.join(context, "disk-lens.svg"), EXTENSION_ICON);
  writeFileSync(path.join(context, "Containerfile"), CONTAINERFILE);
  let lists = 0;

  async function buildah(...args: string[]): Promise<void> {
    const storage = ["--root", path.join(folder, "storage"), "--runroot", path.join(folder, "run")];
    const env = { ...process.env, STORAGE_DRIVER: "vfs", BUILDAH_ISOLATION: "chroot", TMPDIR: folder };
    await run("buildah", [...storage, ...args], { env });
  }

  return {
    async buildAndPush(reference, labels = {}) {
      lists += 1;
      const list = `list-${lists}`;
      const labelled = Object.entries({ ...EXTENSION_LABELS, ...labels }).flatMap(([name, value]) => [
        "--label",
        `${name}=${value}`,
      ]);
      await buildah("manifest", "create", list);
      for (const architecture of ["amd64", "arm64"]) {
        await buildah(
          "bud",
          "-q",
          "--arch",
          architecture,
          "--manifest",
          list,
          ...labelled,
          "-f",
          path.join(context, "Containerfile"),
          context,
        );
      }
      await buildah("manifest", "push", "--all", "--tls-verify=false", list, `docker://${reference}`);
    },
    async copy(from, to) {
      const plain = ["--src-tls-verify=false", "--dest-tls-verify=false"];
      await run("skopeo", [
        "--insecure-policy",
        "--tmpdir",
        folder,
        "copy",
        "-q",
        "--all",
        ...plain,
        `docker://${from}`,
        `docker://${to}`,
      ]);
    },
    close() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
