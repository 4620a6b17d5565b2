import { forPlatforms, whyNot } from "@/lib/extension/findings/file-evidence";
import {
  DOCKER_REFUSES,
  ERROR,
  type Evidence,
  type FindingRule,
  INFO,
  quotedValue,
  rawValue,
  WARNING,
} from "@/lib/extension/findings/finding-rule";

const CHECK_COMPOSE = "Check the file with: docker compose config --quiet";

/** Findings about the compose file that metadata.json names. Evidence: `path` of the file, or `at` inside it. */
export const COMPOSE_FINDINGS = {
  compose_file_missing: {
    severity: ERROR,
    title: "Compose file missing",
    message: (evidence) =>
      `The image${forPlatforms(evidence)} does not contain ${quotedValue(evidence, "path")}, so the backend cannot start.${whyNot(evidence)}`,
    suggestion: (evidence) =>
      `Add to the last stage of the Dockerfile: COPY ${nameOf(evidence.path)} ${rawValue(evidence, "path")}`,
  },
  compose_invalid: {
    severity: DOCKER_REFUSES,
    title: "Unreadable compose file",
    message: (evidence) =>
      `Gantry could not read ${quotedValue(evidence, "path")}: ${rawValue(evidence, "why")}.`,
    suggestion: () => CHECK_COMPOSE,
  },
  compose_not_checked: {
    severity: WARNING,
    outcome: "not_checked",
    title: "Compose file not checked",
    message: (evidence) =>
      `Gantry could not determine whether the image contains ${quotedValue(evidence, "path")}.`,
    suggestion: () => "See the layer findings. Gantry checks again at the next inspection.",
  },
  compose_divergence: {
    severity: WARNING,
    needsPerson: true,
    title: "Compose files differ between platforms",
    message: (evidence) =>
      `The compose file for ${rawValue(evidence, "otherPlatform")} differs from the one for ${rawValue(evidence, "platform")}.`,
    suggestion: () => "Copy the same compose files into the image of every platform.",
  },
  compose_limit: {
    severity: WARNING,
    title: "Too many compose files",
    message: (evidence) =>
      `Gantry did not read ${quotedValue(evidence, "path")}: the limit is ${rawValue(evidence, "limit")} compose files per project.`,
    suggestion: () => "Define the services in a single compose file.",
  },
  compose_too_complex: {
    severity: WARNING,
    needsPerson: true,
    title: "Compose project too complex",
    message: (evidence) =>
      `Gantry stopped reading ${quotedValue(evidence, "path")} after ${rawValue(evidence, "limit")} steps, counting everything that it includes and extends.`,
    suggestion: () =>
      "Include each file once, extend small services, and use few anchors and variables. To see what Compose resolves, run: docker compose config",
  },
  compose_cycle: {
    severity: DOCKER_REFUSES,
    title: "Circular reference in the compose file",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} in the compose file refers back to ${quotedValue(evidence, "target")}. Docker Compose rejects circular references.`,
    suggestion: () => "Remove the include or extends that closes the loop.",
  },
  compose_odd_yaml: {
    severity: WARNING,
    title: "Ambiguous YAML",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} in the compose file has ${rawValue(evidence, "why")}. YAML parsers treat this differently.`,
    suggestion: () => "Use each key once, and remove YAML tags.",
  },
  compose_not_understood: {
    severity: WARNING,
    title: "Unsupported value in the compose file",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} in the compose file is ${rawValue(evidence, "found")}, which Gantry could not interpret.`,
    suggestion: () => CHECK_COMPOSE,
  },
  compose_unknown_key: {
    severity: WARNING,
    title: "Unknown key in the compose file",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} is not a known Compose key, so Gantry cannot tell what it does.`,
    suggestion: () => "Check the spelling, or remove the key. Prefix custom keys with x-.",
  },
  compose_variable_invalid: {
    severity: WARNING,
    title: "Invalid variable syntax",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} is ${quotedValue(evidence, "value")}, which is not valid Compose variable syntax.`,
    suggestion: () => `Write variables as \${NAME}, and a literal dollar sign as $$.`,
  },
  compose_extends_unresolved: {
    severity: WARNING,
    title: "Extended service not found",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} extends a service that is not in any compose file in the image.`,
    suggestion: () => "COPY that file into the image next to the compose file, and check the service name.",
  },
  compose_services_missing: {
    severity: ERROR,
    title: "Compose file without services",
    message: (evidence) =>
      `${quotedValue(evidence, "path")} defines no service: ${rawValue(evidence, "why")}. Docker Compose has nothing to start.`,
    suggestion: () =>
      `Define the backend under a key named services, as an object: services: { app: { image: "\${DESKTOP_PLUGIN_IMAGE}" } }`,
  },
  compose_service_without_image: {
    severity: ERROR,
    title: "Service without an image",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} specifies no image, so Docker Compose rejects the file.`,
    suggestion: () => `Add "image: \${DESKTOP_PLUGIN_IMAGE}", or the name of another image.`,
  },
  compose_build_without_image: {
    severity: ERROR,
    title: "Service without an image, only a build",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} is the only source of the image. Docker Desktop installs the compose file without the files to build from, so the service cannot start.`,
    suggestion: () =>
      `Build and push the image, and write "image: \${DESKTOP_PLUGIN_IMAGE}" or its name instead of build.`,
  },
  compose_build: {
    severity: WARNING,
    title: "Service built on the user's machine",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} builds an image on the user's machine, so its content cannot be reviewed.`,
    suggestion: () => "Build and push the image, and reference it with image: instead.",
  },
  backend_image_variable: {
    severity: ERROR,
    title: "Unknown variable in an image name",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} is ${quotedValue(evidence, "value")}, but Docker Desktop does not set the variable ${rawValue(evidence, "name")}. The image name is empty or incomplete on users' machines.`,
    suggestion: () =>
      `For the extension's own image, write \${DESKTOP_PLUGIN_IMAGE}. For another image, write its name, or give the variable a default: \${NAME:-acme/backend:1.0.0}`,
  },
  backend_own_image_changed: {
    severity: ERROR,
    title: "Text added to the extension's own image name",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} is ${quotedValue(evidence, "value")}. Docker Desktop replaces \${DESKTOP_PLUGIN_IMAGE} by a complete reference with a tag, so that any text beside it names another image.`,
    suggestion: () =>
      `Write exactly \${DESKTOP_PLUGIN_IMAGE}, or the full name of the other image, for example: acme/backend:1.0.0`,
  },
  backend_image_invalid: {
    severity: WARNING,
    title: "Invalid image name",
    message: (evidence) =>
      `${quotedValue(evidence, "at")} is ${quotedValue(evidence, "value")}, which is not a valid image name.`,
    suggestion: () =>
      `For the extension's own image, write \${DESKTOP_PLUGIN_IMAGE}, with the dollar sign and the braces. For another image, write its name in lowercase, for example: acme/backend:1.0.0`,
  },
  compose_key_too_new: {
    severity: WARNING,
    title: "Compose key newer than the oldest Docker Desktop",
    message: (evidence) =>
      `${quotedValue(evidence, "at")}${others(evidence)} requires Docker Compose ${rawValue(evidence, "since")}, but the required API version also admits ${rawValue(evidence, "desktop")}, which contains ${rawValue(evidence, "compose")}.`,
    suggestion: (evidence) =>
      evidence.api === null
        ? `Do without the key. ${rawValue(evidence, "enough")}`
        : `Raise the requirement: LABEL com.docker.desktop.extension.api.version=">= ${rawValue(evidence, "api")}". ${rawValue(evidence, "enough")} Or do without the key.`,
  },
  compose_image_without_digest: {
    severity: INFO,
    title: "Backend image without a digest",
    message: (evidence) =>
      `The backend image ${quotedValue(evidence, "image")} is not pinned to a digest, so its content can change at any time.`,
    suggestion: (evidence) => `Pin it by digest: image: ${rawValue(evidence, "image")}@sha256:…`,
  },
} satisfies Record<string, FindingRule>;

/** The other places of the same problem. */
function others({ count }: Evidence): string {
  return typeof count === "number" && count > 1 ? `, like ${count - 1} more,` : "";
}

function nameOf(path: string | number | boolean | null | undefined): string {
  return String(path ?? "compose.yaml").replace(/^.*\//s, "");
}
