import type { Capabilities, HostOs } from "@/lib/extension/capabilities";
import { quoted } from "@/lib/extension/quoted";

/** What an approval covers: what the extension may do, and the very images that a person has looked at. */
export type Envelope = { capabilities: Capabilities; approved: readonly { tag: string; digest: string }[] };

/** `beyond` names, in words for people, each thing that the envelope does not hold. */
export type Coverage = { covered: boolean; beyond: string[] };

const HOST_OSES: readonly HostOs[] = ["darwin", "windows", "linux"];

/**
 * Whether everything that a version does was approved before. Doing less is always covered; what is not understood
 * (`unknown`) never is, even if the approval saw the same. Backend images count by name: their tags and digests
 * change with every version, and no envelope covers what is inside an image.
 */
export function coverage(envelope: Envelope, capabilities: Capabilities): Coverage {
  const approved = envelope.capabilities;
  const beyond = [
    ...flagsBeyond(approved, capabilities),
    ...added(
      "backend image",
      approved.backendImages.map(imageName),
      capabilities.backendImages.map(imageName),
    ),
    ...added("host path", approved.hostPaths, capabilities.hostPaths),
    ...added("kernel capability", approved.addedCapabilities, capabilities.addedCapabilities),
    ...added("host namespace", approved.hostNamespaces, capabilities.hostNamespaces),
    ...added("device", approved.devices, capabilities.devices),
    ...added("published port", approved.publishedPorts, capabilities.publishedPorts),
    ...HOST_OSES.flatMap((os) =>
      added(`host binary on ${os}`, approved.hostBinaries?.[os] ?? [], capabilities.hostBinaries?.[os] ?? []),
    ),
    ...added("part that is not understood", [], capabilities.unknown),
  ];
  return { covered: beyond.length === 0, beyond };
}

/**
 * The capabilities that an envelope cannot bound, in words: what is inside a binary or behind the Docker socket is
 * not in the metadata. New versions with any of them wait for a person unless the policy lists everything.
 */
export function needsManual(capabilities: Capabilities): string[] {
  const { hostBinaries, hostPaths, addedCapabilities, hostNamespaces, devices } = capabilities;
  const reachesOut = [addedCapabilities, hostNamespaces, devices].some((list) => list.length > 0);
  const reasons: [string, boolean][] = [
    ["host binaries", hostBinaries !== null],
    ["docker socket", capabilities.dockerSocket],
    ["privileged containers", capabilities.privileged || reachesOut],
    ["host mounts", hostPaths.length > 0],
    ["parts that are not understood", capabilities.unknown.length > 0],
  ];
  return reasons.filter(([, applies]) => applies).map(([name]) => name);
}

/** True when a person has approved this very image under this tag. */
export function isApproved({ approved }: Envelope, tag: string, digest: string): boolean {
  return approved.some((one) => one.tag === tag && one.digest === digest);
}

function flagsBeyond(approved: Capabilities, found: Capabilities): string[] {
  const flags: [string, (capabilities: Capabilities) => boolean][] = [
    ["dashboard tab", ({ ui }) => ui],
    ["compose file", ({ compose }) => compose],
    ["docker socket", ({ dockerSocket }) => dockerSocket],
    ["privileged containers", ({ privileged }) => privileged],
    ["account at a third party", ({ accountRequired }) => accountRequired],
  ];
  return flags.filter(([, has]) => has(found) && !has(approved)).map(([name]) => name);
}

function added(what: string, approved: readonly string[], found: readonly string[]): string[] {
  const known = new Set(approved);
  return [...new Set(found)].filter((one) => !known.has(one)).map((one) => `${what} ${quoted(one)}`);
}

/** An image reference without tag and digest: `host:5000/acme/api:1.2@sha256:…` → `host:5000/acme/api`. */
function imageName(reference: string): string {
  const [name = ""] = reference.split("@");
  const lastPart = name.slice(name.lastIndexOf("/") + 1);
  const colon = lastPart.indexOf(":");
  return colon === -1 || name.includes("$") ? name : name.slice(0, name.length - lastPart.length + colon);
}
