import { expect, test } from "vitest";
import type { Platform } from "@/lib/extension/platform";
import { isAttestation } from "@/lib/inspection/index-entries";
import { digestOf } from "@/tests/unit/inspection/stack";

const TYPE = { "vnd.docker.reference.type": "attestation-manifest" };
const UNKNOWN = { os: "unknown", architecture: "unknown" };
const LINUX = { os: "linux", architecture: "amd64" };

test.each<[string, Platform | undefined, Record<string, string>, boolean]>([
  ["BuildKit's", UNKNOWN, TYPE, true],
  ["without the annotation", UNKNOWN, {}, true],
  ["with a platform of its own", LINUX, TYPE, true],
  ["without a platform", undefined, TYPE, true],
  ["an image", LINUX, {}, false],
  ["an image without a platform", undefined, {}, false],
  ["an image of an unknown system", { os: "unknown", architecture: "amd64" }, {}, false],
])("%s", (_name, platform, annotations, expected) => {
  const entry = {
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    digest: digestOf(new Uint8Array(0)),
    sizeBytes: 1,
    foreign: false,
    annotations,
    ...(platform === undefined ? {} : { platform }),
  };
  expect(isAttestation(entry)).toBe(expected);
});
