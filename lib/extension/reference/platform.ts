/** An image platform. `variant` is absent where it is the architecture's default (`arm64/v8` = `arm64`). */
export type Platform = { os: string; architecture: string; variant?: string };

/** The platforms that Docker Desktop runs, and that every extension should have. */
export const EXPECTED_PLATFORMS: readonly Platform[] = [
  { os: "linux", architecture: "amd64" },
  { os: "linux", architecture: "arm64" },
];

/** The architectures for which Go, and so Docker, builds Linux images. */
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

/** The variants that mean the same as none at all. */
const DEFAULT_VARIANTS = new Set(["amd64/v1", "arm64/v8", "arm64/v8.0", "arm/v7"]);

const OTHER_VARIANTS = new Map([["arm64/v9.0", "v9"]]);

/** What containerd tries on a machine whose own platform an index does not list. */
const FALLBACKS = new Map([
  ["386", "linux/amd64"],
  ["arm", "linux/arm64"],
]);

/**
 * True when a Docker Desktop could choose an image that an index lists for `platform`, beside images for the `listed`
 * platforms. Variants do not matter: which ones a machine takes depends on its processor. Entries whose platform is
 * partly unknown count as possible choices.
 */
export function mayBeChosen(platform: Platform, listed: readonly Platform[]): boolean {
  const { os, architecture } = normalizePlatform(platform);
  if (os === "unknown" || architecture === "unknown" || architecture === "") return true;
  if (os !== "linux") return false;
  if (EXPECTED_PLATFORMS.some((expected) => expected.architecture === architecture)) return true;
  const preferred = FALLBACKS.get(architecture);
  return preferred !== undefined && !listed.some((other) => platformName(other) === preferred);
}

/**
 * The one spelling of a platform, by containerd's rules: lower case, aliases resolved (`aarch64` = `arm64`,
 * `armhf` = `arm/v7`), the architecture's default variant left out, and Linux where no system is named.
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

/** Go lowers a letter to one letter: `İ` becomes `i`, where JavaScript adds a combining dot. */
function lowerCase(text: string): string {
  return text.trim().replaceAll("İ", "i").toLowerCase();
}

/** `linux/arm64`, or `linux/arm/v6` where the variant matters. */
export function platformName(platform: Platform): string {
  const { os, architecture, variant } = normalizePlatform(platform);
  return variant === undefined ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`;
}

/** True when both name the same platform, whatever the spelling. */
export function samePlatform(a: Platform, b: Platform): boolean {
  return platformName(a) === platformName(b);
}

function normalizeVariant(architecture: string, variant: string): string {
  const withV = /^[0-9]/.test(variant) ? `v${variant}` : variant;
  const whole = `${architecture}/${withV}`;
  return DEFAULT_VARIANTS.has(whole) ? "" : (OTHER_VARIANTS.get(whole) ?? withV);
}
