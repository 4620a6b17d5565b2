/** File names of icons in templates and samples, without extension. */
const TEMPLATE_NAMES = new Set([
  "docker",
  "docker-icon",
  "docker-logo",
  "docker-mark",
  "docker-whale",
  "dockerlogo",
  "moby",
  "moby-logo",
  "vertical-logo-monochromatic",
  "horizontal-logo-monochromatic",
  "whale",
]);

/** Docker's own images that publishers have linked to. */
const DOCKER_PICTURES =
  /(?:^|\.)docker\.com\/.*(?:logo|moby|whale|vertical|horizontal)|docker\/(?:docs|extensions-sdk)\//i;

/** Whether an icon's path or URL is one from a template, or Docker's own logo. */
export function isDefaultIcon(icon: string): boolean {
  const plain = icon.replace(/[?#].*$/s, "");
  const file = plain.slice(plain.lastIndexOf("/") + 1).toLowerCase();
  const name = file.replace(/\.(?:svg|png|jpe?g|ico|webp|gif)$/, "").replaceAll("_", "-");
  return TEMPLATE_NAMES.has(name) || DOCKER_PICTURES.test(plain.replace(/^https?:\/\//, ""));
}
