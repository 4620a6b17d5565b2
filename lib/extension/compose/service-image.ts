import { readBackendImage } from "@/lib/extension/compose/backend-image";
import { addEffect, notUnderstood, type Scan, textAt } from "@/lib/extension/compose/scan";
import { openVariables, shown } from "@/lib/extension/compose/yaml/interpolation";
import { placeIn, type YamlMap } from "@/lib/extension/compose/yaml/yaml-value";
import { hasDigest } from "@/lib/extension/reference/image-name";

/** The variable with which Docker Desktop passes the extension's own image to Compose. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: Compose writes variables so
export const OWN_IMAGE = "${DESKTOP_PLUGIN_IMAGE}";

/**
 * The image of a service, with `OWN_IMAGE` for the extension's own; null when the service is built, or has none.
 * Compose does not look at the images of services whose profile is off, so that those are not reported.
 */
export function readImage(scan: Scan, service: YamlMap, at: string, ownImage: string): string | null {
  const isChecked = (service.get("profiles") ?? null) === null;
  const written = textAt(scan, service, "image", at)?.trim() ?? "";
  const hasBuild = (service.get("build") ?? null) !== null;
  if (written === "") {
    if (isChecked) reportMissing(scan, at, hasBuild, service.has("provider"));
    else if (hasBuild) scan.findings.add("compose_build", { at: placeIn(at, "build") });
    return null;
  }
  if (hasBuild) scan.findings.add("compose_build", { at: placeIn(at, "build") });
  const image = written.replaceAll(ownImage, OWN_IMAGE);
  const place = placeIn(at, "image");
  // An invalid variable already has a finding.
  const isReported = scan.unknown.has(place);
  // `$${DESKTOP_PLUGIN_IMAGE}` is no variable for Compose, but this very text.
  if (written.includes("$")) notUnderstood(scan, place);
  addEffect(scan, "backendImages", image, place);
  if (isChecked && !isReported) reportName(scan, { written, image }, place);
  return shown(image);
}

function reportMissing(scan: Scan, at: string, hasBuild: boolean, hasProvider: boolean): void {
  if (hasBuild) scan.findings.add("compose_build_without_image", { at: placeIn(at, "build") });
  else if (!hasProvider) scan.findings.add("compose_service_without_image", { at });
}

/** `image`: as shown, `written`: after Compose has replaced variables. */
function reportName(scan: Scan, { written, image }: { written: string; image: string }, at: string): void {
  if (image === OWN_IMAGE && written !== OWN_IMAGE) return;
  const [variable] = openVariables(image);
  if (variable !== undefined) {
    scan.findings.add("backend_image_variable", { at, value: shown(image), name: variable });
  } else if (image !== written) {
    scan.findings.add("backend_own_image_changed", { at, value: image });
  } else if (readBackendImage(image) === undefined) {
    scan.findings.add("backend_image_invalid", { at, value: image });
  } else if (!hasDigest(image)) scan.findings.add("compose_image_without_digest", { image });
}

/** Reports an image name of metadata.json, where Docker Desktop replaces only its own variable. */
export function imageNameProblem(
  image: string,
): "backend_image_variable" | "backend_own_image_changed" | "backend_image_invalid" | undefined {
  if (image === OWN_IMAGE || image === "$DESKTOP_PLUGIN_IMAGE") return undefined;
  if (/\$\{?DESKTOP_PLUGIN_IMAGE(?![A-Za-z0-9_])/.test(image)) return "backend_own_image_changed";
  if (/\$\{?[A-Za-z_]/.test(image)) return "backend_image_variable";
  return readBackendImage(image) === undefined ? "backend_image_invalid" : undefined;
}
