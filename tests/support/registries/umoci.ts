/** What umoci makes of images: another unpacker, to compare with. */

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

/** A layer as it is stored, and the archive in it. */
export type StoredLayer = { bytes: Uint8Array; archive: Uint8Array; isPacked: boolean };

/** What `chroot` would see at a path of an unpacked image. */
export type Unpacked =
  | { kind: "refused"; why: string }
  | { kind: "unpacked"; read: (path: string) => string };

export type UmociLayout = {
  unpack(image: number): Promise<Unpacked>;
  close(): void;
};

const LAYER = "application/vnd.oci.image.layer.v1.tar";
const HOPS_MAX = 40;

/** One OCI layout with all these images, lowest layer first. */
export function umociLayout(images: readonly (readonly StoredLayer[])[]): UmociLayout {
  const folder = mkdtempSync(path.join(tmpdir(), "gantry-umoci-"));
  const blobs = path.join(folder, "layout/blobs/sha256");
  mkdirSync(blobs, { recursive: true });

  function store(mediaType: string, bytes: Uint8Array) {
    const hex = createHash("sha256").update(bytes).digest("hex");
    writeFileSync(path.join(blobs, hex), bytes);
    return { mediaType, digest: `sha256:${hex}`, size: bytes.length };
  }

  function storeImage(layers: readonly StoredLayer[], at: number) {
    const config = {
      architecture: "amd64",
      os: "linux",
      config: {},
      rootfs: {
        type: "layers",
        diff_ids: layers.map(({ archive }) => `sha256:${createHash("sha256").update(archive).digest("hex")}`),
      },
    };
    const manifest = {
      schemaVersion: 2,
      config: store("application/vnd.oci.image.config.v1+json", Buffer.from(JSON.stringify(config))),
      layers: layers.map(({ bytes, isPacked }) => store(isPacked ? `${LAYER}+gzip` : LAYER, bytes)),
    };
    const stored = store("application/vnd.oci.image.manifest.v1+json", Buffer.from(JSON.stringify(manifest)));
    return { ...stored, annotations: { "org.opencontainers.image.ref.name": `i${at}` } };
  }

  const index = { schemaVersion: 2, manifests: images.map(storeImage) };
  writeFileSync(path.join(folder, "layout/index.json"), JSON.stringify(index));
  writeFileSync(path.join(folder, "layout/oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));

  return {
    async unpack(image) {
      const root = path.join(folder, `root-${image}`);
      try {
        const what = ["--image", `${path.join(folder, "layout")}:i${image}`, root];
        await promisify(execFile)("umoci", ["raw", "unpack", "--rootless", ...what], { timeout: 30_000 });
      } catch (error) {
        return { kind: "refused", why: error instanceof Error ? error.message : String(error) };
      }
      return { kind: "unpacked", read: (wanted) => readInside(root, wanted) };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The text of a file, or what is there instead in angle brackets; links are followed inside `root`. */
function readInside(root: string, wanted: string): string {
  let at: string[] = [];
  let hops = 0;
  const segments = wanted.split("/");
  for (let segment = segments.shift(); segment !== undefined; segment = segments.shift()) {
    if (segment === "" || segment === ".") continue;
    if (segment === "..") {
      if (at.pop() === undefined) return "<broken_link>";
      continue;
    }
    const place = path.join(root, ...at, segment);
    const stat = lstatSync(place, { throwIfNoEntry: false });
    if (stat === undefined) return hops === 0 ? "<absent>" : "<broken_link>";
    if (stat.isSymbolicLink()) {
      hops += 1;
      const target = readlinkSync(place);
      if (hops > HOPS_MAX) return "<broken_link>";
      if (target.startsWith("/")) at = [];
      segments.unshift(...target.split("/"));
    } else if (stat.isDirectory()) at.push(segment);
    else if (segments.some((rest) => rest !== "" && rest !== "."))
      return hops === 0 ? "<absent>" : "<broken_link>";
    else return stat.isFile() ? readFileSync(place, "utf8") : "<not_a_file>";
  }
  return "<not_a_file>";
}
