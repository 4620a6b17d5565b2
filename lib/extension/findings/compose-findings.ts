import {
  DOCKER_REFUSES,
  type FindingRule,
  INFO,
  quotedValue,
  rawValue,
  WARNING,
} from "@/lib/extension/findings/finding-rule";

/** Findings about the compose file that metadata.json names. Evidence: `path` of the file, or `at` inside it. */
export const COMPOSE_FINDINGS = {
  compose_file_missing: {
    severity: DOCKER_REFUSES,
    title: "Compose file missing",
    message: (evidence) =>
      `The image has no file ${quotedValue(evidence, "path")}, so the backend cannot be started.`,
    suggestion: (evidence) =>
      `Add to the last stage of the Dockerfile: COPY ${nameOf(evidence.path)} ${rawValue(evidence, "path")}`,
  },
  compose_invalid: {
    severity: DOCKER_REFUSES,
    title: "Compose file not readable",
    message: (evidence) => `${quotedValue(evidence, "path")} cannot be read: ${rawValue(evidence, "why")}.`,
    suggestion: () => "Check the file with: docker compose config --quiet",
  },
  compose_not_checked: {
    severity: WARNING,
    outcome: "not_checked",
    title: "Compose file not found out",
    message: (evidence) => `Whether the image has ${quotedValue(evidence, "path")} could not be found out.`,
    suggestion: () => "Look at the layer findings. It is tried again with the next inspection.",
  },
  compose_divergence: {
    severity: WARNING,
    needsPerson: true,
    title: "Compose files differ between platforms",
    message: (evidence) =>
      `The compose file of ${rawValue(evidence, "otherPlatform")} differs from that of ${rawValue(evidence, "platform")}.`,
    suggestion: () => "Copy the same compose files into the images of all platforms.",
  },
  compose_limit: {
    severity: WARNING,
    title: "Too many compose files",
    message: (evidence) =>
      `${quotedValue(evidence, "path")} is not read: at most ${rawValue(evidence, "limit")} files of one project are.`,
    suggestion: () => "Write the services into one compose file.",
  },
  compose_too_complex: {
    severity: WARNING,
    needsPerson: true,
    title: "Compose project too complex",
    message: (evidence) =>
      `Reading ${quotedValue(evidence, "path")} with everything that it includes and extends takes more than ${rawValue(evidence, "limit")} steps, so the rest is not read.`,
    suggestion: () =>
      "Include each file once, extend small services, and use anchors and variables sparingly. Check what Compose makes of it with: docker compose config",
  },
  compose_cycle: {
    severity: DOCKER_REFUSES,
    title: "Compose file or service that leads back to itself",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} in the compose file leads back to ${quotedValue(evidence, "target")}, which Docker Compose refuses.`,
    suggestion: () => "Remove the include or extends that closes the circle.",
  },
  compose_odd_yaml: {
    severity: WARNING,
    title: "YAML that readers understand differently",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} in the compose file has ${rawValue(evidence, "why")}.`,
    suggestion: () => "Write it plainly, each key once and without tags.",
  },
  compose_not_understood: {
    severity: WARNING,
    title: "Part of the compose file not understood",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} in the compose file holds ${rawValue(evidence, "found")} that is not understood.`,
    suggestion: () => "Check the file with: docker compose config --quiet",
  },
  compose_unknown_key: {
    severity: WARNING,
    title: "Unknown key in the compose file",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} is not a key that is known here, so nothing is known about its effect.`,
    suggestion: () => "Check its spelling, or remove it. Notes of your own begin with x-.",
  },
  compose_variable_invalid: {
    severity: WARNING,
    title: "Variable not readable",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} is ${quotedValue(evidence, "value")}, in which a variable is not written as Compose reads it.`,
    suggestion: () => `Write variables as \${NAME}, and a dollar sign as $$.`,
  },
  compose_extends_unresolved: {
    severity: WARNING,
    title: "Extended service not found",
    message: (evidence) => `${quotedValue(evidence, "at")} names no service of a file in the image.`,
    suggestion: () => "COPY the file into the image beside the compose file, and check the service's name.",
  },
  compose_service_without_image: {
    severity: WARNING,
    title: "Service without an image",
    message: (evidence) => `${quotedValue(evidence, "at")} names no image, so it cannot start.`,
    suggestion: () => `Add "image: \${DESKTOP_PLUGIN_IMAGE}", or the reference of another image.`,
  },
  compose_build: {
    severity: WARNING,
    title: "Service built on the user's machine",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} builds an image where the extension is installed; nobody knows what will be in it.`,
    suggestion: () => "Build and push that image, and name it with image: instead.",
  },
  compose_image_without_digest: {
    severity: INFO,
    title: "Backend image without a digest",
    message: (evidence) =>
      `The backend image ${quotedValue(evidence, "image")} is named without a digest, so its content may change at any time.`,
    suggestion: (evidence) => `Name it by digest: image: ${rawValue(evidence, "image")}@sha256:…`,
  },
} satisfies Record<string, FindingRule>;

function nameOf(path: string | number | boolean | null | undefined): string {
  return String(path ?? "compose.yaml").replace(/^.*\//s, "");
}
