import { expect, test } from "vitest";
import type { Platform } from "@/lib/extension/reference/platform";
import { mayBeImage, saysAttestation } from "@/lib/inspection/image/index-entries";
import { digestOf } from "@/tests/unit/inspection/files/stack";

const TYPE = { "vnd.docker.reference.type": "attestation-manifest" };
const UNKNOWN = { os: "unknown", architecture: "unknown" };
const LINUX = { os: "linux", architecture: "amd64" };

type Kind = "attestation" | "image" | "either";

test.each<[string, Platform | undefined, Record<string, string>, Kind]>([
  ["BuildKit's", UNKNOWN, TYPE, "attestation"],
  ["without the annotation", UNKNOWN, {}, "image"],
  ["with another annotation", UNKNOWN, { "vnd.docker.reference.type": "" }, "either"],
  ["with a platform that could be pulled", LINUX, TYPE, "either"],
  ["without a platform", undefined, TYPE, "either"],
  ["an image", LINUX, {}, "image"],
  ["an image without a platform", undefined, {}, "image"],
  ["an image of an unknown system", { os: "unknown", architecture: "amd64" }, {}, "image"],
])("%s", (_name, platform, annotations, kind) => {
  const entry = {
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    digest: digestOf(new Uint8Array(0)),
    sizeBytes: 1,
    foreign: false,
    annotations,
    ...(platform === undefined ? {} : { platform }),
  };
  expect([mayBeImage(entry), saysAttestation(entry)]).toEqual([kind !== "attestation", kind !== "image"]);
});
