import type { Capabilities } from "@/lib/extension/capabilities/capabilities";
import { EFFECT_LISTS, type EffectList, joinEffects } from "@/lib/extension/compose/container-effects";
import type { HostOs } from "@/lib/extension/metadata/host-os";
import { imageName } from "@/lib/extension/reference/image-name";
import { quoted } from "@/lib/extension/text/quoted";

/** What an approval covers: the capabilities of the extension, and the exact images that a reviewer approved. */
export type Envelope = { capabilities: Capabilities; approved: readonly { tag: string; digest: string }[] };

/** `beyond` lists everything that the envelope does not cover, as text for people. */
export type Coverage = { covered: boolean; beyond: string[] };

const HOST_OSES: readonly HostOs[] = ["darwin", "windows", "linux"];

/**
 * Compares a version's capabilities with what was approved. Fewer capabilities are always covered. Parts that Gantry
 * could not interpret (`unknown`) never are, even if the approved version had the same ones. Backend images are compared
 * by name: their tags and digests change with every version, and no envelope covers the content of an image.
 */
export function coverage(envelope: Envelope, capabilities: Capabilities): Coverage {
  const approved = envelope.capabilities;
  const beyond = [
    ...flagsBeyond(approved, capabilities),
    ...effectsBeyond(approved, capabilities),
    ...HOST_OSES.flatMap((os) =>
      added(`host binary on ${os}`, approved.hostBinaries?.[os] ?? [], capabilities.hostBinaries?.[os] ?? []),
    ),
    ...added("unrecognized part", [], capabilities.unknown),
  ];
  return { covered: beyond.length === 0, beyond };
}

const LIST_WORDS = {
  backendImages: "backend image",
  hostPaths: "host path",
  addedCapabilities: "Linux capability",
  securityOptions: "security setting",
  hostNamespaces: "host namespace",
  devices: "device",
  publishedPorts: "published port",
  sharedResources: "shared resource",
  hostCommands: "program run on the host",
  hostEnvironment: "host environment variable",
  models: "AI model",
} as const satisfies Record<EffectList, string>;

/** Envelopes that older releases stored lack some lists: they approve nothing of that kind. */
function effectsBeyond(approved: Capabilities, found: Capabilities): string[] {
  const [before, now] = [joinEffects([approved]), joinEffects([found])];
  return EFFECT_LISTS.flatMap((list) => {
    const plain = (value: string) => (list === "backendImages" ? imageName(value) : value);
    return added(LIST_WORDS[list], before[list].map(plain), now[list].map(plain));
  });
}

/**
 * The capabilities that no envelope can bound, as text: metadata does not show what a binary or a client of the Docker
 * socket does. New versions with any of them need manual review, unless the policy lists everything automatically.
 */
export function needsManual(capabilities: Capabilities): string[] {
  const effects = joinEffects([capabilities]);
  const { hostPaths, addedCapabilities, securityOptions, hostNamespaces, devices, hostCommands } = effects;
  const reachesOut = [addedCapabilities, securityOptions, hostNamespaces, devices].some(
    (list) => list.length > 0,
  );
  const reasons: [string, boolean][] = [
    ["host binaries", capabilities.hostBinaries !== null],
    ["programs run on the host", hostCommands.length > 0],
    ["Docker socket", capabilities.dockerSocket],
    ["privileged containers", capabilities.privileged || reachesOut],
    ["host mounts", hostPaths.length > 0],
    ["unrecognized parts", capabilities.unknown.length > 0],
  ];
  return reasons.filter(([, applies]) => applies).map(([name]) => name);
}

/** Whether a reviewer approved exactly this image under this tag. */
export function isApproved({ approved }: Envelope, tag: string, digest: string): boolean {
  return approved.some((one) => one.tag === tag && one.digest === digest);
}

function flagsBeyond(approved: Capabilities, found: Capabilities): string[] {
  const flags: [string, (capabilities: Capabilities) => boolean][] = [
    ["dashboard tab", ({ ui }) => ui],
    ["compose file", ({ compose }) => compose],
    ["Docker socket", ({ dockerSocket }) => dockerSocket],
    ["privileged containers", ({ privileged }) => privileged],
    ["third-party account", ({ accountRequired }) => accountRequired],
  ];
  return flags.filter(([, has]) => has(found) && !has(approved)).map(([name]) => name);
}

function added(what: string, approved: readonly string[], found: readonly string[]): string[] {
  const known = new Set(approved);
  return [...new Set(found)].filter((one) => !known.has(one)).map((one) => `${what} ${quoted(one)}`);
}
