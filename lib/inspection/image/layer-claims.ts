import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import { quoted } from "@/lib/extension/text/quoted";
import type { Rootfs } from "@/lib/inspection/image/image-config";
import type { Descriptor } from "@/lib/registry/oci/descriptor";
import { isLayer } from "@/lib/registry/oci/media-types";

/** The layers of one platform's image as its manifest and its config list them. */
export type LayerClaims = { platform: string; layers: readonly Descriptor[]; rootfs: Rootfs };

/**
 * Checks that manifest and config describe the same layers. containerd unpacks as many entries of layer type as the
 * config lists; Docker's older image store unpacks all of them or rejects the image.
 */
export function layerClaimFindings({ platform, layers, rootfs }: LayerClaims): Finding[] {
  return [
    ...layers
      .filter(({ mediaType }) => !isLayer(mediaType))
      .map(({ mediaType, digest }) =>
        makeFinding("layer_type_unknown", { layer: digest, type: mediaType, platform }),
      ),
    ...rootfsReasons(layers.length, rootfs).map((why) =>
      makeFinding("layers_contradiction", { platform, why }),
    ),
  ];
}

function rootfsReasons(layers: number, { type, diffIds }: Rootfs): string[] {
  const isOddType = type !== "layers" && (type !== "" || layers > 0);
  return [
    ...(isOddType ? [`the config's rootfs has the type ${quoted(type)} instead of “layers”`] : []),
    ...(diffIds.length === layers
      ? []
      : [`the manifest lists ${counted(layers)}, but the config ${diffIds.length}`]),
  ];
}

function counted(layers: number): string {
  return layers === 1 ? "one layer" : `${layers} layers`;
}

/**
 * Compares the digests. `archiveDigest` gives that of each fully decompressed layer, and undefined for the others,
 * which are not checked.
 */
export function layerDigestFindings(
  { platform, layers, rootfs }: LayerClaims,
  archiveDigest: (layer: Descriptor) => string | undefined,
): Finding[] {
  return layers.flatMap((layer, at) => {
    const [found, expected] = [archiveDigest(layer), rootfs.diffIds[at]];
    if (found === undefined || expected === undefined || found === expected) return [];
    const why = `the archive in the layer ${layer.digest} has the digest ${found}, but the config expects ${quoted(expected)}`;
    return [makeFinding("layers_contradiction", { platform, why })];
  });
}
