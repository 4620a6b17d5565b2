import { sampleOf } from "@/lib/extension/findings/file-evidence";
import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import type { HostOs } from "@/lib/extension/metadata/host-os";
import type { Program } from "@/lib/inspection/layers/program";
import { grouped } from "@/lib/inspection/named-files/grouped";
import { hostFits } from "@/lib/inspection/named-files/host-fits";
import { containerFit, type Fit, systemOf } from "@/lib/inspection/named-files/machine-fit";
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
  const isUnknown = ({ path, place }: PlatformFiles["host"][number]) =>
    place.kind === "file" && place.program === undefined && !TEXT_FILE.test(path);
  return host.some(isUnknown) || hostFits(host, architecture).some(({ fit }) => fit === "machine");
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
  const onHost = hostFits(host, architecture).map((one) => ({ ...own, ...one }));
  return [...inContainer, ...onHost].filter(({ fit }) => fit !== "runs");
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
