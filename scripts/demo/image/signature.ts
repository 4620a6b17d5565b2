/** Signatures as cosign writes them. They are well-formed but prove nothing: the key is discarded. */

import { randomBytes } from "node:crypto";
import { makeCertificate } from "@/scripts/demo/certificate/certificate";
import { der, TAG } from "@/scripts/demo/certificate/der";
import type { BuiltImage } from "@/scripts/demo/image/image";
import { descriptorOf, jsonPiece, MEDIA_TYPES, type Piece, piece } from "@/scripts/demo/image/piece";
import { TOKEN_ISSUER } from "@/scripts/demo/image/provenance";

const BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
const SIMPLE_SIGNING = "application/vnd.dev.cosign.simplesigning.v1+json";
const FULCIO_ISSUER = "1.3.6.1.4.1.57264.1.8";

/** The signature of `subject`, and the tag or digest to push it under. */
export function signatureOf(
  place: "tag" | "referrer",
  subject: Piece,
  identity: string,
): { tag: string; image: BuiltImage } {
  const { cert } = makeCertificate({
    subject: "sigstore-demo",
    names: [`URI:${identity}`],
    extensions: { [FULCIO_ISSUER]: der(TAG.utf8String, TOKEN_ISSUER) },
  });
  if (place === "tag")
    return { tag: `${subject.digest.replace(":", "-")}.sig`, image: tagged(subject, cert) };
  const image = bundled(subject, cert);
  return { tag: image.root.digest, image };
}

/** Cosign's signature specification: one layer per signature, with the certificate in its annotations. */
function tagged(subject: Piece, certificate: string): BuiltImage {
  const claim = jsonPiece(SIMPLE_SIGNING, {
    critical: {
      type: "cosign container image signature",
      image: { "docker-manifest-digest": subject.digest },
    },
  });
  const annotations = {
    "dev.cosignproject.cosign/signature": randomBytes(70).toString("base64"),
    "dev.sigstore.cosign/certificate": certificate,
  };
  return artifact(claim, { layers: [descriptorOf(claim, { annotations })] });
}

/** Sigstore's bundle 0.3, which refers to the image by `subject`. */
function bundled(subject: Piece, certificate: string): BuiltImage {
  const rawBytes = certificate.replaceAll(/-----[^-]+-----|\s/g, "");
  const bundle = jsonPiece(BUNDLE, {
    mediaType: BUNDLE,
    verificationMaterial: { certificate: { rawBytes } },
  });
  const about = { artifactType: BUNDLE, subject: descriptorOf(subject) };
  return artifact(bundle, { layers: [descriptorOf(bundle)], ...about });
}

function artifact(content: Piece, document: Record<string, unknown>): BuiltImage {
  const config = piece("application/vnd.oci.empty.v1+json", "{}");
  const mediaType = MEDIA_TYPES.oci.manifest;
  const root = jsonPiece(mediaType, {
    schemaVersion: 2,
    mediaType,
    config: descriptorOf(config),
    ...document,
  });
  return { root, manifests: [], blobs: [config, content] };
}
