import { sampleOf } from "@/lib/extension/findings/file-evidence";
import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import type { HostOs } from "@/lib/extension/metadata/host-os";
import type { Program } from "@/lib/inspection/layers/program";
import { grouped } from "@/lib/inspection/named-files/grouped";
import { containerFit, type Fit, hostFit, systemOf } from "@/lib/inspection/named-files/machine-fit";
import type { PlatformFiles } from "@/lib/inspection/named-files/platform-files";
import type { ImageProgram } from "@/lib/inspection/named-files/started-programs";

/** `architecture`: of the platform. `started`: see `startedPrograms`; empty without a backend of its own. */
export type PlatformPrograms = {
  platform: string;
  architecture: string;
  started: ImageProgram[];
  host: PlatformFiles["host"];
};

/** A program that does not fit. `os`: of the host; undefined in containers. */
type Misfit = {
  platform: string;
  architecture: string;
  path: string;
  os: HostOs | undefined;
  program: Program;
  fit: Fit;
};

/** Findings about programs for another architecture or operating system than the image's users have. */
export function programFindings(all: readonly PlatformPrograms[], haveSameLayers: boolean): Finding[] {
  const misfits = all.flatMap(misfitsOf);
  const of = (fit: Fit) => misfits.filter((one) => one.fit === fit);
  // The same layers explain why the programs of one platform are for the other.
  return [
    ...(haveSameLayers ? [] : machineFindings(of("machine"))),
    ...systemFindings(of("system")),
    ...rosettaFindings(of("rosetta")),
  ];
}

/** Whether a host file is there that one of the two architectures cannot run, or whose content Gantry does not know. */
export function hasOneArchitecture({ architecture, host }: PlatformPrograms): boolean {
  return host.some(({ path, systems, place }) => {
    if (place.kind !== "file") return false;
    if (place.program === undefined) return !TEXT_FILE.test(path);
    const { program } = place;
    return systems.some(
      (os) => hostFit(program, os, architecture) === "machine" && !hasTwin(path, os, host, architecture),
    );
  });
}

/** Files that are the same for every architecture. */
const TEXT_FILE =
  /\.(?:sh|bash|zsh|bat|cmd|ps1|psm1|py|js|mjs|cjs|rb|pl|lua|jar|wasm|json|ya?ml|toml|ini|conf|cfg|properties|xml|env|txt|md|html|css|svg|png|ico|pem|crt)$/i;

function misfitsOf({ platform, architecture, started, host }: PlatformPrograms): Misfit[] {
  const own = { platform, architecture };
  const inContainer = started.map(({ path, program }) => ({
    ...{ ...own, path, program, os: undefined },
    fit: containerFit(program, architecture),
  }));
  const onHost = host.flatMap(({ path, systems, place }) => {
    if (place.kind !== "file" || place.program === undefined) return [];
    const { program } = place;
    return systems.map((os) => {
      const fit = hostFit(program, os, architecture);
      const isOneOfTwo = (fit === "machine" || fit === "rosetta") && hasTwin(path, os, host, architecture);
      return { ...own, path, program, os, fit: isOneOfTwo ? ("runs" as const) : fit };
    });
  });
  return [...inContainer, ...onHost].filter(({ fit }) => fit !== "runs");
}

/** Whether the list also has the same program for this architecture: some extensions choose between two at run time. */
function hasTwin(path: string, os: HostOs, host: PlatformFiles["host"], architecture: string): boolean {
  const name = withoutArchitecture(path);
  return host.some(
    (other) =>
      other.path !== path &&
      other.systems.includes(os) &&
      withoutArchitecture(other.path) === name &&
      other.place.kind === "file" &&
      other.place.program !== undefined &&
      hostFit(other.place.program, os, architecture) === "runs",
  );
}

function withoutArchitecture(path: string): string {
  return path.toLowerCase().replaceAll(/amd64|x86[-_]64|x64|arm64|aarch64|intel|silicon|amd|arm|m1/g, "*");
}

function machineFindings(misfits: readonly Misfit[]): Finding[] {
  const key = ({ platform, program, os }: Misfit) => [platform, program, os === undefined];
  return grouped(misfits, key).map((same) => {
    const [first] = same;
    return makeFinding("executable_other_machine", {
      ...pathsOf(same),
      found: builtFor(first),
      expected: first.architecture,
    });
  });
}

/** Containers run Linux only, so that the operating system counts there as well. */
function builtFor({ program, os }: Misfit): string {
  const machines = program.machines.join(" and ");
  return os === undefined && program.format !== "ELF" ? `${systemOf(program)} on ${machines}` : machines;
}

function systemFindings(misfits: readonly Misfit[]): Finding[] {
  const key = ({ os, program }: Misfit) => [os, program.format];
  return grouped(misfits, key).map((same) => {
    const [{ os = "linux", program }] = same;
    return makeFinding("host_file_other_system", { ...pathsOf(same), os, found: systemOf(program) });
  });
}

function rosettaFindings(misfits: readonly Misfit[]): Finding[] {
  return misfits.length === 0 ? [] : [makeFinding("host_file_needs_rosetta", pathsOf(misfits))];
}

function pathsOf(misfits: readonly Misfit[]): { count: number; paths: string; platforms: string } {
  const paths = misfits.map(({ path }) => path);
  const platforms = [...new Set(misfits.map(({ platform }) => platform))].join(", ");
  return { count: new Set(paths).size, paths: sampleOf(paths), platforms };
}
