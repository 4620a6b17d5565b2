/** Titles of common base images that set one, in lowercase, with the image. */
const TITLES = new Map<string, string>([
  ["ubuntu", "ubuntu"],
  ["debian", "debian"],
  ["alpine", "alpine"],
  ["alpine linux", "alpine"],
  ["busybox", "busybox"],
  ["nginx", "nginx"],
  ["httpd", "httpd"],
  ["node", "node"],
  ["node.js", "node"],
  ["python", "python"],
  ["golang", "golang"],
  ["openjdk", "openjdk"],
  ["eclipse temurin", "eclipse-temurin"],
  ["fedora", "fedora"],
  ["centos base image", "centos"],
  ["rocky linux", "rockylinux/rockylinux"],
  ["almalinux", "almalinux"],
  ["amazon linux", "amazonlinux"],
  ["oracle linux", "oraclelinux"],
  ["photon os", "photon"],
  ["arch linux", "archlinux"],
  ["arch linux base image", "archlinux"],
  ["wolfi-base", "cgr.dev/chainguard/wolfi-base"],
  ["distroless", "gcr.io/distroless"],
]);

/** Beginnings of the titles of image families, in lowercase. */
const FAMILIES: readonly [start: string, image: string][] = [
  ["red hat universal base image", "registry.access.redhat.com/ubi"],
  ["ubi8", "registry.access.redhat.com/ubi8"],
  ["ubi9", "registry.access.redhat.com/ubi9"],
  ["ubi10", "registry.access.redhat.com/ubi10"],
  ["sle bci", "registry.suse.com/bci"],
  ["sles ", "registry.suse.com/bci"],
  ["suse linux enterprise", "registry.suse.com/bci"],
  ["opensuse leap", "opensuse/leap"],
  ["opensuse tumbleweed", "opensuse/tumbleweed"],
  ["debian gnu/linux", "debian"],
];

/** `24.04 LTS` in `Ubuntu 24.04 LTS`. */
const RELEASE = /\s+v?\d[\d.]*(?:\s+lts)?$/;

/**
 * The base image that a title belongs to: a well-known one, or the one that the label `base.name` names. Undefined for
 * other titles.
 */
export function baseImageOfTitle(title: string, baseName: string | undefined): string | undefined {
  const plain = title.toLowerCase();
  const known =
    TITLES.get(plain.replace(RELEASE, "")) ?? FAMILIES.find(([start]) => plain.startsWith(start))?.[1];
  if (known !== undefined) return known;
  const named = baseName?.replace(/[:@][^/]*$/, "") ?? "";
  const last = named.slice(named.lastIndexOf("/") + 1).toLowerCase();
  return last !== "" && last === plain.replaceAll(/[\s_.]+/g, "-") ? named : undefined;
}
