/** Words that name an operating system or an architecture in tags, as builders and release tools write them. */
const SYSTEMS =
  /^(?:linux|windows|win|win32|win64|windowsservercore|nanoserver|darwin|mac|macos|osx|freebsd)$/;
const ARCHITECTURES =
  /^(?:amd64|x64|x86|i[3-6]86|arm|armhf|armel|arm32|armv[5-8]l?|arm32v[5-7]|arm64|arm64v[89]|aarch64|ppc64(?:le)?|s390x|riscv64|mips(?:64)?(?:le)?|loong64)$/;

/** Words that only go with one before them: `arm-v7`, `windows-ltsc2022`, `linux-386`. */
const AFTER_A_PLATFORM = /^(?:v[0-9]|[0-9]{1,4}|ltsc[0-9]{4}|32bit|64bit)$/;

const PIECE = /[-._+][^-._+]*/g;
const VERSION = /^v?[0-9]+(?:\.[0-9]+){0,3}/;

/**
 * For a tag such as `1.1.0-linux-amd64`, what is left without the platform: `1.1.0`. Undefined for a tag that names no
 * platform after its version. `386` alone is a number, not a platform.
 */
export function withoutPlatformSuffix(tag: string): string | undefined {
  const core = VERSION.exec(tag)?.[0];
  if (core === undefined || core.length === tag.length) return undefined;
  const rest = tag.slice(core.length).replaceAll(/x86[-_]64/gi, "x64");
  let isPlatform = false;
  let found = false;
  const kept = (rest.match(PIECE) ?? []).filter((piece) => {
    const word = piece.slice(1).toLowerCase();
    isPlatform =
      SYSTEMS.test(word) || ARCHITECTURES.test(word) || (isPlatform && AFTER_A_PLATFORM.test(word));
    found ||= isPlatform;
    return !isPlatform;
  });
  return found ? core + kept.join("") : undefined;
}
