/** An image platform. `variant` is absent for the architecture's default (`arm64/v8` = `arm64`). */
export type Platform = { os: string; architecture: string; variant?: string };

/** The platforms that Docker Desktop runs, and that every extension should support. */
export const EXPECTED_PLATFORMS: readonly Platform[] = [
  { os: "linux", architecture: "amd64" },
  { os: "linux", architecture: "arm64" },
];

/** The platform of attestations, and of an image whose index and config name different ones. */
export const UNKNOWN_PLATFORM: Platform = { os: "unknown", architecture: "unknown" };

/** The architectures for which Go, and therefore Docker, builds Linux images. */
export const KNOWN_ARCHITECTURES: ReadonlySet<string> = new Set([
  ...["386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle"],
  ...["ppc64", "ppc64le", "riscv64", "s390x"],
]);

const OS_ALIASES = new Map([["macos", "darwin"]]);

const ARCHITECTURE_ALIASES = new Map<string, { architecture: string; variant?: string }>([
  ["x86_64", { architecture: "amd64" }],
  ["x86-64", { architecture: "amd64" }],
  ["aarch64", { architecture: "arm64" }],
  ["i386", { architecture: "386" }],
  ["armhf", { architecture: "arm", variant: "v7" }],
  ["armel", { architecture: "arm", variant: "v6" }],
]);

/** Variants that are equivalent to none. */
const DEFAULT_VARIANTS = new Set(["amd64/v1", "arm64/v8", "arm64/v8.0", "arm/v7"]);

const OTHER_VARIANTS = new Map([["arm64/v9.0", "v9"]]);

/** Fallbacks of containerd for a machine whose own platform an index does not list. */
const FALLBACKS = new Map([
  ["386", "linux/amd64"],
  ["arm", "linux/arm64"],
]);

/**
 * Whether Docker Desktop could choose an image that an index lists for `platform` (undefined: for none) next to images
 * for the `listed` platforms. Variants do not matter: which ones a machine accepts depends on its processor. containerd
 * and Docker sort entries without a platform behind those that match (`images.Manifest`, `filterManifests`), so they,
 * and those with a partly unknown one, can be chosen only while an expected platform is missing.
 */
export function mayBeChosen(platform: Platform | undefined, listed: readonly Platform[]): boolean {
  const has = (name: string) => listed.some((other) => platformName(other) === name);
  const { os, architecture } = normalizePlatform(platform ?? UNKNOWN_PLATFORM);
  if (os === "unknown" || architecture === "unknown" || architecture === "")
    return !EXPECTED_PLATFORMS.every((expected) => has(platformName(expected)));
  if (os !== "linux") return false;
  if (EXPECTED_PLATFORMS.some((expected) => expected.architecture === architecture)) return true;
  const preferred = FALLBACKS.get(architecture);
  return preferred !== undefined && !has(preferred);
}

/** Whether this is one of the expected platforms, in any spelling. */
export function isExpected(platform: Platform): boolean {
  return EXPECTED_PLATFORMS.some((expected) => samePlatform(platform, expected));
}

/**
 * Normalizes a platform by containerd's rules: lowercase, aliases resolved (`aarch64` = `arm64`, `armhf` = `arm/v7`),
 * without the architecture's default variant, and Linux when no OS is given.
 */
export function normalizePlatform(platform: {
  os: string;
  architecture: string;
  variant?: string | null | undefined;
}): Platform {
  const os = lowerCase(platform.os) || "linux";
  const spelled = lowerCase(platform.architecture);
  const alias = ARCHITECTURE_ALIASES.get(spelled) ?? { architecture: spelled };
  const variant = normalizeVariant(alias.architecture, alias.variant ?? lowerCase(platform.variant ?? ""));
  const base = { os: OS_ALIASES.get(os) ?? os, architecture: alias.architecture };
  return variant === "" ? base : { ...base, variant };
}

/** Go maps a letter to one lowercase letter: `İ` becomes `i`, where JavaScript adds a combining dot. */
function lowerCase(text: string): string {
  return text.trim().replaceAll("İ", "i").toLowerCase();
}

/** `linux/arm64`, or `linux/arm/v6` with a variant that matters. */
export function platformName(platform: Platform): string {
  const { os, architecture, variant } = normalizePlatform(platform);
  return variant === undefined ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`;
}

/** Whether both are the same platform, in any spelling. */
export function samePlatform(a: Platform, b: Platform): boolean {
  return platformName(a) === platformName(b);
}

function normalizeVariant(architecture: string, variant: string): string {
  const withV = /^[0-9]/.test(variant) ? `v${variant}` : variant;
  const whole = `${architecture}/${withV}`;
  return DEFAULT_VARIANTS.has(whole) ? "" : (OTHER_VARIANTS.get(whole) ?? withV);
}
