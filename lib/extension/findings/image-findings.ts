import {
  DOCKER_REFUSES,
  ERROR,
  type FindingRule,
  INFO,
  quotedValue,
  rawValue,
  WARNING,
} from "@/lib/extension/findings/finding-rule";

const BUILD_BOTH = "docker buildx build --platform=linux/amd64,linux/arm64 --push …";

/** Findings about the image as a whole: what it is, its platforms, layers, tag and requirement. */
export const IMAGE_FINDINGS = {
  not_an_extension: {
    severity: ERROR,
    fixed: true,
    title: "Not an extension",
    message: () => "The image has neither labels of a Docker Desktop extension nor a usable metadata.json.",
    suggestion: () => "Check the repository name. An extension is made with docker extension init.",
  },
  not_an_image: {
    severity: ERROR,
    fixed: true,
    title: "Not a container image",
    message: (evidence) => `There is no container image here: ${rawValue(evidence, "why")}.`,
    suggestion: () => "Push the extension's image, as docker buildx build --push does.",
  },
  image_blocked: {
    severity: ERROR,
    fixed: true,
    title: "Blocked image",
    message: (evidence) =>
      `This image, or one of its platforms, is blocked here as ${rawValue(evidence, "image")}; the reason given was ${quotedValue(evidence, "why")}.`,
    suggestion: () =>
      "Push an image without what was blocked, or ask an admin of this Gantry about the block.",
  },
  platform_unreadable: {
    severity: WARNING,
    title: "Image of a platform not usable",
    message: (evidence) =>
      `What the index lists for ${rawValue(evidence, "platform")} is not a usable image: ${rawValue(evidence, "why")}.`,
    suggestion: () => `Build all platforms again: ${BUILD_BOTH}`,
  },
  image_not_inspected: {
    severity: WARNING,
    fixed: true,
    needsPerson: true,
    title: "Image that Docker Desktop could choose was not inspected",
    message: (evidence) =>
      `Gantry could not inspect the image ${rawValue(evidence, "image")} for ${rawValue(evidence, "platform")}: ${rawValue(evidence, "why")}.`,
    suggestion: () => `Build all platforms again, and push them together: ${BUILD_BOTH}`,
  },
  index_ambiguous: {
    severity: WARNING,
    fixed: true,
    needsPerson: true,
    title: "Index that readers understand differently",
    message: (evidence) =>
      `Tools may disagree about the image ${rawValue(evidence, "image")} for ${rawValue(evidence, "platform")}: ${rawValue(evidence, "why")}.`,
    suggestion: () => `Do not edit the index by hand; build with ${BUILD_BOTH}`,
  },
  platform_unusable: {
    severity: ERROR,
    title: "No usable platform",
    message: (evidence) =>
      `The image is for neither linux/amd64 nor linux/arm64 (found: ${rawValue(evidence, "found")}).`,
    suggestion: () => `Build for both: ${BUILD_BOTH}`,
  },
  platform_missing: {
    severity: DOCKER_REFUSES,
    title: "Platform missing",
    message: (evidence) =>
      `The image is not pushed for ${rawValue(evidence, "platform")}; it cannot be installed there.`,
    suggestion: () => `Build for both: ${BUILD_BOTH}`,
  },
  platform_foreign: {
    severity: INFO,
    title: "Platform that no Docker Desktop runs",
    message: (evidence) =>
      `The image is also there for ${rawValue(evidence, "platform")}, which Docker Desktop does not run.`,
    suggestion: () => "Nothing to do; leaving it out makes builds quicker.",
  },
  platform_contradiction: {
    severity: WARNING,
    needsPerson: true,
    title: "Index and config disagree about the platform",
    message: (evidence) =>
      `The index says ${rawValue(evidence, "index")}, but the image's own config says ${rawValue(evidence, "config")}.`,
    suggestion: () => `Do not relabel by hand; build with ${BUILD_BOTH}`,
  },
  config_ambiguous: {
    severity: WARNING,
    needsPerson: true,
    title: "Config that readers understand differently",
    message: (evidence) =>
      `The config of ${rawValue(evidence, "platform")} may be read in different ways: ${rawValue(evidence, "why")}.`,
    suggestion: () => "Build the image with docker buildx build; hand-made configs may hold such keys.",
  },
  platform_duplicate: {
    severity: WARNING,
    needsPerson: true,
    title: "Platform listed twice",
    message: (evidence) =>
      `The index lists ${rawValue(evidence, "platform")} more than once; the first one counts.`,
    suggestion: () => "Push the index again with one image per platform.",
  },
  layer_unreadable: {
    severity: WARNING,
    outcome: "not_checked",
    needsPerson: true,
    title: "Layer not readable",
    message: (evidence) =>
      `The layer ${rawValue(evidence, "layer")} could not be read: ${rawValue(evidence, "why")}.`,
    suggestion: () => "Build and push the image again. If it stays, tell us which builder made it.",
  },
  layer_unsupported: {
    severity: WARNING,
    outcome: "not_checked",
    needsPerson: true,
    title: "Layer compression not supported",
    message: (evidence) =>
      `The layer ${rawValue(evidence, "layer")} is compressed with ${rawValue(evidence, "compression")}, which cannot be read here.`,
    suggestion: () =>
      "Push with gzip layers: --output type=image,push=true,compression=gzip,force-compression=true",
  },
  layer_foreign: {
    severity: WARNING,
    outcome: "not_checked",
    needsPerson: true,
    title: "Layer stored elsewhere",
    message: (evidence) =>
      `The layer ${rawValue(evidence, "layer")} is to be fetched from another address, which is never done.`,
    suggestion: () => "Push all layers to the registry.",
  },
  layer_type_unknown: {
    severity: WARNING,
    fixed: true,
    needsPerson: true,
    title: "Layer of an unknown type",
    message: (evidence) =>
      `The layer ${rawValue(evidence, "layer")} has the media type ${quotedValue(evidence, "type")}, which is not that of an image layer.`,
    suggestion: () =>
      "Build the image with docker buildx build, and attach other content as an artifact of its own.",
  },
  layers_contradiction: {
    severity: WARNING,
    fixed: true,
    needsPerson: true,
    title: "Layers that the config does not confirm",
    message: (evidence) =>
      `The layers of the image for ${rawValue(evidence, "platform")} are not those of its config: ${rawValue(evidence, "why")}.`,
    suggestion: () => "Build and push the image again with docker buildx build.",
  },
  ambiguous_layer: {
    severity: WARNING,
    needsPerson: true,
    title: "Layer that unpackers read differently",
    message: (evidence) =>
      `Tools may unpack ${quotedValue(evidence, "path")} in different ways: ${rawValue(evidence, "why")}.`,
    suggestion: () => "Build the image with docker buildx build; hand-made layers may hold such entries.",
  },
  duplicate_entry: {
    severity: WARNING,
    needsPerson: true,
    title: "File twice in one layer",
    message: (evidence) =>
      `One layer holds ${quotedValue(evidence, "path")} more than once; the last one counts.`,
    suggestion: () => "Build the image with docker buildx build; hand-made layers may hold such entries.",
  },
  tag_not_semver: {
    severity: ERROR,
    title: "Tag is not a version",
    message: (evidence) =>
      `The tag ${quotedValue(evidence, "tag")} is not a semantic version, so it is never listed.`,
    suggestion: () => "Push the image under a tag such as 1.2.0.",
  },
  version_collision: {
    severity: WARNING,
    needsPerson: true,
    title: "One version under two tags",
    message: (evidence) =>
      `${quotedValue(evidence, "tag")} and ${quotedValue(evidence, "otherTag")} are the same version but different images; ${quotedValue(evidence, "tag")} counts.`,
    suggestion: (evidence) =>
      `Delete the tag ${rawValue(evidence, "otherTag")}, or push both from one build.`,
  },
  blocking_high_version: {
    severity: WARNING,
    title: "High version that hides the others",
    message: (evidence) =>
      `The tag ${quotedValue(evidence, "tag")} lies far above ${quotedValue(evidence, "next")}, the next one. Docker's marketplace shows the highest version only, so lower ones are never seen there.`,
    suggestion: (evidence) =>
      `If ${rawValue(evidence, "tag")} is the version of something packaged in it, delete the tag from the registry and push under a version of your own.`,
  },
  provenance_missing: {
    severity: INFO,
    title: "No provenance",
    message: () => "Nothing in the image says from which source and by which build it was made.",
    suggestion: () =>
      "Let the build write it down: docker buildx build --provenance=mode=max --sbom=true --push …",
  },
  backend_image_platform_missing: {
    severity: WARNING,
    title: "Backend image not for both platforms",
    message: (evidence) =>
      `The backend image ${quotedValue(evidence, "image")} is not there for ${rawValue(evidence, "platform")}, so the extension cannot run there.`,
    suggestion: () => `Use an image that is built for both, or build it: ${BUILD_BOTH}`,
  },
  backend_image_missing: {
    severity: WARNING,
    title: "Backend image not found",
    message: (evidence) => `The registry does not have the backend image ${quotedValue(evidence, "image")}.`,
    suggestion: () => "Push it, and check name and tag in the compose file.",
  },
  backend_image_not_checked: {
    severity: INFO,
    outcome: "not_checked",
    title: "Backend image not checked",
    message: (evidence) =>
      `Nobody has looked for which platforms ${quotedValue(evidence, "image")} is built: ${rawValue(evidence, "why")}.`,
    suggestion: () => "It runs beside the extension; check it yourself: docker buildx imagetools inspect …",
  },
  requirement_unreadable: {
    severity: ERROR,
    fixed: true,
    title: "Required API version not readable",
    message: (evidence) =>
      `com.docker.desktop.extension.api.version is ${quotedValue(evidence, "value")}, which is not a version or range.`,
    suggestion: () =>
      `Write LABEL com.docker.desktop.extension.api.version=">= 0.3.4". A build argument needs its ARG line in the same stage.`,
  },
  requirement_never_matches: {
    severity: WARNING,
    title: "No Docker Desktop fits",
    message: (evidence) =>
      `No known Docker Desktop has an Extension API version that fits ${quotedValue(evidence, "value")}.`,
    suggestion: () =>
      "The label takes the Extension API version that docker extension version prints, such as >= 0.3.4, not a Docker Desktop version.",
  },
  requirement_bare: {
    severity: INFO,
    title: "Required API version without an operator",
    message: (evidence) =>
      `com.docker.desktop.extension.api.version is ${quotedValue(evidence, "value")} without an operator: read strictly, only this one API version fits.`,
    suggestion: (evidence) =>
      `You probably meant: LABEL com.docker.desktop.extension.api.version=">= ${rawValue(evidence, "value")}"`,
  },
} satisfies Record<string, FindingRule>;
