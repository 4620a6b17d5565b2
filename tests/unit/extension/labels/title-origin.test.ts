import { describe, expect, test } from "vitest";
import { LABELS } from "@/lib/extension/labels/label-names";
import { readLabels } from "@/lib/extension/labels/labels";
import { EXTENSION_LABELS } from "@/tests/builders/extension-image";

const OCI = "org.opencontainers.image.";
const CI = { [`${OCI}revision`]: "0".repeat(40), [`${OCI}created`]: "2026-01-02T03:04:05Z" };

function findings(title: string, repository: string, others: Record<string, string> = {}) {
  return readLabels({ ...EXTENSION_LABELS, ...others, [LABELS.title]: title }, repository).findings;
}

describe("a title that is the name of a repository is questioned", () => {
  const source = (address: string) => ({ [LABELS.source]: address });
  test.each([
    ["disk-lens-extension", "acme/disk-lens-extension", {}, "acme/disk-lens-extension"],
    ["Disk-Lens-Extension", "acme/disk-lens-extension", {}, "acme/disk-lens-extension"],
    ["disk_lens", "acme/disk-lens", {}, "acme/disk-lens"],
    ["acme/disk-lens", "acme/disk-lens", {}, "acme/disk-lens"],
    ["disk-lens-dd", "acme/other", source("https://github.com/acme/disk-lens-dd"), "acme/disk-lens-dd"],
    ["disk-lens-dd", "acme/other", source("https://github.com/acme/disk-lens-dd.git"), "acme/disk-lens-dd"],
    [
      "disk-lens-dd",
      "acme/other",
      source("https://gitlab.com/acme/disk-lens-dd/-/tree/x"),
      "acme/disk-lens-dd",
    ],
    [
      "disk-lens-dd",
      "acme/other",
      { [`${OCI}url`]: "https://github.com/acme/disk-lens-dd" },
      "acme/disk-lens-dd",
    ],
    ["lens", "acme/lens", CI, "acme/lens"],
    ["lens", "acme/x", { ...CI, ...source("https://github.com/acme/lens") }, "acme/lens"],
    ["disk-lens", "ghcr.io/acme/disk-lens", {}, "ghcr.io/acme/disk-lens"],
  ])("%s in %s", (title, repository, others, named) => {
    const found = findings(title, repository, others);
    expect(found).toMatchObject([{ code: "title_from_repository", evidence: { repository: named } }]);
    expect(found[0]?.message).toContain("repository");
    expect(found[0]?.suggestion).not.toMatch(/"[^"]*-"|extension"/);
  });

  test.each([
    ["Disk Lens", "acme/disk-lens", CI],
    ["Tailscale", "tailscale/tailscale", CI],
    ["ngrok", "ngrok/ngrok-docker-extension", CI],
    ["ngrok", "ngrok/ngrok", {}],
    ["disk-lens", "acme/something-else", CI],
    ["pgAdmin 4", "acme/pgadmin4", source("not an address")],
  ])("%s in %s is a name of its own", (title, repository, others) => {
    expect(findings(title, repository, others)).toEqual([]);
  });

  test("without a known repository nothing is assumed", () => {
    const { findings: found } = readLabels({ ...EXTENSION_LABELS, [LABELS.title]: "disk-lens" });
    expect(found).toEqual([]);
  });
});

describe("a title of a base image is questioned", () => {
  const base = (name: string) => ({
    [`${OCI}base.name`]: name,
    [`${OCI}base.digest`]: `sha256:${"0".repeat(64)}`,
  });
  test.each([
    ["Ubuntu", {}, "ubuntu"],
    ["ubuntu", { [`${OCI}ref.name`]: "ubuntu" }, "ubuntu"],
    ["Ubuntu 24.04 LTS", {}, "ubuntu"],
    ["Alpine Linux 3.20", {}, "alpine"],
    ["nginx", {}, "nginx"],
    ["Disk", base("docker.io/acme/disk"), "docker.io/acme/disk"],
    ["Red Hat Universal Base Image 9 Minimal", {}, "registry.access.redhat.com/ubi"],
    ["ubi9-minimal", {}, "registry.access.redhat.com/ubi9"],
    ["SLE BCI Base Container Image", {}, "registry.suse.com/bci"],
    ["Traefik", base("docker.io/library/traefik:v3.1"), "docker.io/library/traefik"],
    [
      "My Platform",
      base("registry.example:5000/tools/my-platform@sha256:0"),
      "registry.example:5000/tools/my-platform",
    ],
  ])("%s", (title, others, image) => {
    expect(findings(title, "acme/disk-lens", others)).toMatchObject([
      { code: "title_from_base_image", evidence: { image } },
    ]);
  });

  test.each([
    ["nginx", "nginx/docker-extension", {}],
    ["Ubuntu", "acme/ubuntu-toolbox", {}],
    ["nginx", "nginx/docker-extension", base("docker.io/library/nginx:1")],
    ["Ubuntu Pro Desktop", "acme/pro", {}],
    ["Nginx Proxy Manager", "acme/proxy", {}],
    ["Disk Lens", "acme/disk-lens", {}],
    ["Python Playground", "acme/play", {}],
  ])("%s in %s is a name of its own", (title, repository, others) => {
    const codes = findings(title, repository, others).map(({ code }) => code);
    expect(codes.filter((code) => code.startsWith("title_"))).toEqual([]);
  });
});
