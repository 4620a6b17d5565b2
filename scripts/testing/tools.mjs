import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { run } from "../setup/run.mjs";
import { findChromium, findGoPackage, findOnPath, findPostgresFolder } from "./find-tool.mjs";
import { findNode24, installNode24 } from "./node24/node24.mjs";

/**
 * The programs that tests start. `find` gives a path, `fromNpm` one out of an npm package; `debian` is the package that
 * has it.
 */
export const TOOLS = {
  postgres: { title: "The PostgreSQL server (15 or newer)", find: findPostgresFolder, debian: "postgresql" },
  registry: {
    title: "The Distribution registry (docker-registry)",
    find: () => findOnPath("docker-registry"),
    debian: "docker-registry",
  },
  skopeo: { title: "skopeo", find: () => findOnPath("skopeo"), debian: "skopeo" },
  umoci: { title: "umoci", find: () => findOnPath("umoci"), debian: "umoci" },
  buildah: { title: "buildah", find: () => findOnPath("buildah"), debian: "buildah" },
  go: { title: "Go", find: () => findOnPath("go"), debian: "golang-go" },
  semverForGo: goPackage("github.com/Masterminds/semver", "golang-github-masterminds-semver-dev"),
  containerdForGo: goPackage(
    "github.com/containerd/containerd/archive",
    "golang-github-containerd-containerd-dev",
  ),
  mobyForGo: goPackage("github.com/docker/docker/pkg/archive", "golang-github-docker-docker-dev"),
  storageForGo: goPackage(
    "github.com/containers/storage/pkg/archive",
    "golang-github-containers-storage-dev",
  ),
  // containers-storage imports it, and its Debian package does not say so.
  xzForGo: goPackage("github.com/ulikunitz/xz", "golang-github-ulikunitz-xz-dev"),
  bsdtar: { title: "bsdtar", find: () => findOnPath("bsdtar"), debian: "libarchive-tools" },
  chromium: { title: "Chromium", find: findChromium, fromNpm: chromiumFromNpm, debian: "chromium" },
  node24: { title: "Node.js 24", find: findNode24, fromNpm: node24FromNpm },
};

/**
 * Finds each tool: already there, else installed by apt (on Debian as root), else out of an npm package.
 * @returns a map from the tool's name to its path, or to undefined where there is none
 */
export async function provideTools(names) {
  const missing = names.filter((name) => TOOLS[name].find() === undefined);
  const packages = missing.map((name) => TOOLS[name].debian).filter((name) => name !== undefined);
  if (packages.length > 0) await installDebianPackages(packages);
  const provided = {};
  for (const name of names) provided[name] = TOOLS[name].find() ?? (await TOOLS[name].fromNpm?.());
  return provided;
}

function goPackage(name, debian) {
  return {
    title: `The Go package ${name} in Debian's Go source folder`,
    find: () => findGoPackage(name),
    debian,
  };
}

/**
 * Runs a part with the tools that were provided. A part whose tools are missing has failed, so that no one believes that it
 * was tried.
 */
export async function runWithTools(part, tools, files) {
  const missing = part.tools.filter((name) => tools[name] === undefined);
  if (missing.length > 0)
    return { passed: 0, problems: missing.map((name) => `not run. ${adviceFor(name)}`) };
  return part.run({ tools, files });
}

/** What to tell a person whose machine lacks a tool. */
export function adviceFor(name) {
  const { title, debian } = TOOLS[name];
  if (debian === undefined)
    return `${title} is missing, and npm provides it only for Linux on x64. Run the tests there.`;
  const variable = name === "chromium" ? ", or set CHROMIUM_PATH" : "";
  return `${title} is missing. Install it (on Debian: apt-get install ${debian})${variable} and run the tests again.`;
}

async function installDebianPackages(packages) {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version") || findOnPath("apt-get") === undefined)
    return;
  console.log(`▸ Installing what the tests need: ${packages.join(", ")}`);
  // Runlevel 1 keeps the packages from starting their servers: the tests start their own.
  const env = { DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const patient = ["-qq", "-o", "DPkg::Lock::Timeout=300"];
  const updated = await run("apt-get", [...patient, "update"], { env });
  if (updated !== 0) console.error("apt-get update failed; using the existing package lists.");
  await run("apt-get", [...patient, "install", "-y", "--no-install-recommends", ...packages], { env });
}

/** Playwright's own download, else the one that comes as an npm package; each only when it really starts. */
async function chromiumFromNpm() {
  const { chromium } = await import("@playwright/test");
  if (starts(chromium.executablePath())) return chromium.executablePath();
  const { default: packed } = await import("@sparticuz/chromium");
  const unpacked = await packed.executablePath();
  return starts(unpacked) ? unpacked : undefined;
}

async function node24FromNpm() {
  const installed = await installNode24();
  return installed !== undefined && starts(installed) ? installed : undefined;
}

function starts(file) {
  return spawnSync(file, ["--version"], { stdio: "ignore", timeout: 30_000 }).status === 0;
}
