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
const BUILD_NOT_BY_HAND =
  "Build the image with docker buildx build. Layers assembled by hand can contain such entries.";

/** Findings about the image as a whole: what it is, its platforms, layers, tag and requirement. */
export const IMAGE_FINDINGS = {
  not_an_extension: {
    severity: ERROR,
    fixed: true,
    title: "Not an extension",
    message: () => "The image has neither Docker Desktop extension labels nor a usable metadata.json.",
    suggestion: () => "Check the repository name. To create an extension, run: docker extension init",
  },
  not_an_image: {
    severity: ERROR,
    fixed: true,
    title: "Not a container image",
    message: (evidence) => `This is not a container image: ${rawValue(evidence, "why")}.`,
    suggestion: () => "Push the extension's image, for example with docker buildx build --push.",
  },
  registry_content_type: {
    severity: WARNING,
    title: "Manifest under another content type",
    message: (evidence) =>
      `The registry sends the manifest with ${rawValue(evidence, "header")}. Docker goes by this header, so docker pull and the installation can fail.`,
    suggestion: (evidence) =>
      `The image is fine. Ask the registry's operator to send Content-Type: ${rawValue(evidence, "mediaType")}`,
  },
  image_blocked: {
    severity: ERROR,
    fixed: true,
    title: "Blocked image",
    message: (evidence) =>
      `This image, or one of its platforms, was blocked as ${rawValue(evidence, "image")}. Reason: ${quotedValue(evidence, "why")}.`,
    suggestion: () =>
      "Push an image without the blocked content, or ask an admin of this marketplace about the block.",
  },
  platform_unreadable: {
    severity: WARNING,
    title: "Unusable platform image",
    message: (evidence) =>
      `The image that the index lists for ${rawValue(evidence, "platform")} is not usable: ${rawValue(evidence, "why")}.`,
    suggestion: () => `Rebuild all platforms: ${BUILD_BOTH}`,
  },
  image_not_inspected: {
    severity: WARNING,
    fixed: true,
    needsPerson: true,
    title: "Installable image not inspected",
    message: (evidence) =>
      `Docker Desktop could install the image ${rawValue(evidence, "image")} for ${rawValue(evidence, "platform")}, but Gantry could not inspect it: ${rawValue(evidence, "why")}.`,
    suggestion: () => `Rebuild all platforms and push them together: ${BUILD_BOTH}`,
  },
  index_ambiguous: {
    severity: WARNING,
    fixed: true,
    needsPerson: true,
    title: "Ambiguous image index",
    message: (evidence) =>
      `Tools can disagree about the image ${rawValue(evidence, "image")} for ${rawValue(evidence, "platform")}: ${rawValue(evidence, "why")}.`,
    suggestion: () => `Do not edit the index by hand. Build it with: ${BUILD_BOTH}`,
  },
  platform_unusable: {
    severity: ERROR,
    title: "No usable platform",
    message: (evidence) =>
      `The image supports neither linux/amd64 nor linux/arm64 (found: ${rawValue(evidence, "found")}).`,
    suggestion: () => `Build for both platforms: ${BUILD_BOTH}`,
  },
  platform_missing: {
    severity: DOCKER_REFUSES,
    title: "Platform missing",
    message: (evidence) =>
      `The image is not available for ${rawValue(evidence, "platform")}, so it cannot be installed there.`,
    suggestion: () => `Build for both platforms: ${BUILD_BOTH}`,
  },
  platform_foreign: {
    severity: INFO,
    title: "Platform not supported by Docker Desktop",
    message: (evidence) =>
      `The image also includes ${rawValue(evidence, "platforms")}, which Docker Desktop does not run. Gantry ignores this part.`,
    suggestion: () => "No action needed. Building only for linux/amd64 and linux/arm64 makes builds faster.",
  },
  platform_contradiction: {
    severity: WARNING,
    needsPerson: true,
    title: "Index and config disagree about the platform",
    message: (evidence) =>
      `The index says ${rawValue(evidence, "index")}, but the image's own config says ${rawValue(evidence, "config")}. Its platform counts as unknown, so no one is offered it.`,
    suggestion: () => `Do not change the platform by hand. Build with: ${BUILD_BOTH}`,
  },
  label_not_text: {
    severity: ERROR,
    fixed: true,
    title: "Label is not text",
    message: (evidence) =>
      evidence.label === null
        ? `The labels of the image for ${rawValue(evidence, "platform")} are ${rawValue(evidence, "is")} instead of an object. Docker rejects the whole config.`
        : `The label ${quotedValue(evidence, "label")} of the image for ${rawValue(evidence, "platform")} is ${rawValue(evidence, "is")} instead of text. Docker rejects the whole config.`,
    suggestion: (evidence) =>
      evidence.label === null
        ? "Write the labels as an object whose values are text. A Dockerfile with LABEL lines does that."
        : `Write its value in quotation marks, as a Dockerfile does: LABEL ${rawValue(evidence, "label")}="…"`,
  },
  config_ambiguous: {
    severity: WARNING,
    needsPerson: true,
    title: "Ambiguous image config",
    message: (evidence) =>
      `Tools can read the config for ${rawValue(evidence, "platform")} in different ways: ${rawValue(evidence, "why")}.`,
    suggestion: () =>
      "Build the image with docker buildx build. Configs written by hand can contain such keys.",
  },
  platform_duplicate: {
    severity: WARNING,
    needsPerson: true,
    title: "Platform listed twice",
    message: (evidence) =>
      `The index lists ${rawValue(evidence, "platform")} more than once. Gantry uses the first entry.`,
    suggestion: () => "Push the index again with one image per platform.",
  },
  layer_unreadable: {
    severity: WARNING,
    outcome: "not_checked",
    needsPerson: true,
    title: "Unreadable layer",
    message: (evidence) =>
      `Gantry could not read the layer ${rawValue(evidence, "layer")}: ${rawValue(evidence, "why")}.`,
    suggestion: () =>
      "Build and push the image again. If the problem persists, tell the reviewers which builder you used.",
  },
  layer_unsupported: {
    severity: WARNING,
    outcome: "not_checked",
    needsPerson: true,
    title: "Unsupported layer compression",
    message: (evidence) =>
      `The layer ${rawValue(evidence, "layer")} is compressed with ${rawValue(evidence, "compression")}, which Gantry does not support.`,
    suggestion: () =>
      "Push with gzip layers: --output type=image,push=true,compression=gzip,force-compression=true",
  },
  layer_foreign: {
    severity: WARNING,
    outcome: "not_checked",
    needsPerson: true,
    title: "Layer stored outside the registry",
    message: (evidence) =>
      `The layer ${rawValue(evidence, "layer")} is stored at an external address. Gantry never fetches layers from there.`,
    suggestion: () => "Push all layers to the registry.",
  },
  layer_type_unknown: {
    severity: WARNING,
    fixed: true,
    needsPerson: true,
    title: "Unknown layer type",
    message: (evidence) =>
      `The layer ${rawValue(evidence, "layer")} has the media type ${quotedValue(evidence, "type")}, which is not an image layer type.`,
    suggestion: () =>
      "Build the image with docker buildx build, and attach other content as a separate artifact.",
  },
  layers_contradiction: {
    severity: WARNING,
    fixed: true,
    needsPerson: true,
    title: "Layers do not match the config",
    message: (evidence) =>
      `The layers of the image for ${rawValue(evidence, "platform")} do not match its config: ${rawValue(evidence, "why")}.`,
    suggestion: () => "Build and push the image again with docker buildx build.",
  },
  ambiguous_layer: {
    severity: WARNING,
    needsPerson: true,
    title: "Ambiguous layer content",
    message: (evidence) =>
      `Tools can unpack ${quotedValue(evidence, "path")} in different ways: ${rawValue(evidence, "why")}.`,
    suggestion: () => BUILD_NOT_BY_HAND,
  },
  duplicate_entry: {
    severity: WARNING,
    needsPerson: true,
    title: "Duplicate file in a layer",
    message: (evidence) =>
      `A layer contains ${quotedValue(evidence, "path")} more than once. The last copy takes effect.`,
    suggestion: () => BUILD_NOT_BY_HAND,
  },
  tag_not_semver: {
    severity: ERROR,
    title: "Tag is not a version",
    message: (evidence) =>
      `The tag ${quotedValue(evidence, "tag")} is not a version, so Gantry never lists it.`,
    suggestion: (evidence) =>
      evidence.onePlatform === true
        ? `Push one index as ${rawValue(evidence, "instead")}: docker buildx imagetools create --tag REPOSITORY:${rawValue(evidence, "instead")} REPOSITORY:${rawValue(evidence, "tag")} REPOSITORY:… with the tag of each platform.`
        : `Push the image under a version tag such as ${rawValue(evidence, "instead")}.`,
  },
  version_collision: {
    severity: WARNING,
    needsPerson: true,
    title: "One version under two tags",
    message: (evidence) =>
      `${quotedValue(evidence, "tag")} and ${quotedValue(evidence, "otherTag")} are the same version but different images. Gantry uses ${quotedValue(evidence, "tag")}.`,
    suggestion: (evidence) =>
      `Delete the tag ${rawValue(evidence, "otherTag")}, or push both tags from one build.`,
  },
  blocking_high_version: {
    severity: WARNING,
    title: "High version hides later releases",
    message: (evidence) =>
      `The tag ${quotedValue(evidence, "tag")} is far above the next one, ${quotedValue(evidence, "next")}. Docker's marketplace offers only the highest version, so users never see the lower ones there.`,
    suggestion: (evidence) =>
      `If ${rawValue(evidence, "tag")} is the version of bundled software, delete the tag from the registry and push under your extension's own version.`,
  },
  version_scheme_changed: {
    severity: WARNING,
    needsPerson: true,
    title: "New version scheme?",
    message: (evidence) =>
      `The tag ${quotedValue(evidence, "tag")} is far above the next one, ${quotedValue(evidence, "next")}, and looks like a calendar version or a build number. Only a person can tell whether the extension counts this way now.`,
    suggestion: (evidence) =>
      `Reviewers: does the extension count its versions this way now? If it does, keep the new scheme: versions such as ${rawValue(evidence, "next")} count as older from now on, and no one is offered them as an update. If it is a mistake, ask a reviewer to hold ${rawValue(evidence, "tag")}.`,
  },
  post_release_tag: {
    severity: INFO,
    title: "A number after a hyphen is a prerelease",
    message: (evidence) =>
      `The tag ${quotedValue(evidence, "tag")} is a prerelease: semver orders it before ${rawValue(evidence, "release")}, so users of stable versions are not offered it.${evidence.stable === null ? "" : ` Their newest version is ${rawValue(evidence, "stable")}.`}`,
    suggestion: (evidence) =>
      `For a later build, raise the last number instead: push it as ${rawValue(evidence, "instead")}.`,
  },
  provenance_missing: {
    severity: INFO,
    title: "No build provenance",
    message: () => "The image has no build provenance: nothing records its source or its build.",
    suggestion: () => "Add it at build time: docker buildx build --provenance=mode=max --sbom=true --push …",
  },
  backend_image_platform_missing: {
    severity: WARNING,
    title: "Backend image lacks a platform",
    message: (evidence) =>
      `The backend image ${quotedValue(evidence, "image")} is not available for ${rawValue(evidence, "platform")}, so the extension cannot run there.`,
    suggestion: () => `Use an image that supports both platforms, or build it: ${BUILD_BOTH}`,
  },
  backend_image_missing: {
    severity: WARNING,
    title: "Backend image not found",
    message: (evidence) => `The registry does not have the backend image ${quotedValue(evidence, "image")}.`,
    suggestion: () => "Push the image, and check its name and tag in the compose file.",
  },
  backend_image_not_checked: {
    severity: INFO,
    outcome: "not_checked",
    title: "Backend image not checked",
    message: (evidence) =>
      `Gantry did not check the platforms of ${quotedValue(evidence, "image")}: ${rawValue(evidence, "why")}.`,
    suggestion: () =>
      "The extension runs this image, so check it yourself: docker buildx imagetools inspect …",
  },
  requirement_unreadable: {
    severity: ERROR,
    fixed: true,
    title: "Invalid required API version",
    message: (evidence) =>
      `com.docker.desktop.extension.api.version is ${quotedValue(evidence, "value")}, which is not a version or range.`,
    suggestion: () =>
      `Write LABEL com.docker.desktop.extension.api.version=">= 0.3.4". If you use a build argument, declare its ARG in the same stage.`,
  },
  requirement_never_matches: {
    severity: WARNING,
    title: "Not compatible with any known Docker Desktop",
    message: (evidence) =>
      `No known Docker Desktop release has an Extension API version that satisfies ${quotedValue(evidence, "value")}.`,
    suggestion: () =>
      "Use the Extension API version that docker extension version prints, such as >= 0.3.4, not a Docker Desktop version.",
  },
  requirement_bare: {
    severity: INFO,
    title: "Required API version without an operator",
    message: (evidence) =>
      `com.docker.desktop.extension.api.version has no operator. Read strictly, ${quotedValue(evidence, "value")} matches only that exact version.`,
    suggestion: (evidence) =>
      `You probably meant: LABEL com.docker.desktop.extension.api.version=">= ${rawValue(evidence, "value")}"`,
  },
  tags_not_checked: {
    severity: INFO,
    outcome: "not_checked",
    title: "Tags of the repository not checked",
    message: (evidence) =>
      `Gantry could not compare this version with the other tags of the repository: ${rawValue(evidence, "why")}.`,
    suggestion: () =>
      "A submission requires the tag list. Check that the registry shows it to anonymous clients.",
  },
} satisfies Record<string, FindingRule>;
