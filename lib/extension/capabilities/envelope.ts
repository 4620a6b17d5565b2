import type { Capabilities } from "@/lib/extension/capabilities/capabilities";
import { EFFECT_LISTS, type EffectList, joinEffects } from "@/lib/extension/compose/container-effects";
import type { HostOs } from "@/lib/extension/metadata/host-os";
import { imageName } from "@/lib/extension/reference/image-name";
import { quoted } from "@/lib/extension/text/quoted";

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
    ...effectsBeyond(approved, capabilities),
    ...HOST_OSES.flatMap((os) =>
      added(`host binary on ${os}`, approved.hostBinaries?.[os] ?? [], capabilities.hostBinaries?.[os] ?? []),
    ),
    ...added("part that is not understood", [], capabilities.unknown),
  ];
  return { covered: beyond.length === 0, beyond };
}

const LIST_WORDS = {
  backendImages: "backend image",
  hostPaths: "host path",
  addedCapabilities: "kernel capability",
  securityOptions: "security setting",
  hostNamespaces: "host namespace",
  devices: "device",
  publishedPorts: "published port",
  sharedResources: "shared resource",
  hostCommands: "program started on the host",
  hostEnvironment: "environment variable of the host",
  models: "AI model",
} as const satisfies Record<EffectList, string>;

/** Envelopes of older versions lack some lists: nothing of that kind was approved. */
function effectsBeyond(approved: Capabilities, found: Capabilities): string[] {
  const [before, now] = [joinEffects([approved]), joinEffects([found])];
  return EFFECT_LISTS.flatMap((list) => {
    const plain = (value: string) => (list === "backendImages" ? imageName(value) : value);
    return added(LIST_WORDS[list], before[list].map(plain), now[list].map(plain));
  });
}

/**
 * The capabilities that an envelope cannot bound, in words: what is inside a binary or behind the Docker socket is
 * not in the metadata. New versions with any of them wait for a person unless the policy lists everything.
 */
export function needsManual(capabilities: Capabilities): string[] {
  const effects = joinEffects([capabilities]);
  const { hostPaths, addedCapabilities, securityOptions, hostNamespaces, devices, hostCommands } = effects;
  const reachesOut = [addedCapabilities, securityOptions, hostNamespaces, devices].some(
    (list) => list.length > 0,
  );
  const reasons: [string, boolean][] = [
    ["host binaries", capabilities.hostBinaries !== null],
    ["programs started on the host", hostCommands.length > 0],
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
