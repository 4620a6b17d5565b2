import type { HostOs } from "@/lib/extension/metadata/host-os";
import type { Program } from "@/lib/inspection/layers/program";

/**
 * How a program fits where it runs. `machine`: it is built for another architecture. `system`: for another operating
 * system. `rosetta`: for Intel Macs only.
 */
export type Fit = "runs" | "machine" | "system" | "rosetta";

const SYSTEM_OF = {
  ELF: "Linux",
  "Mach-O": "macOS",
  PE: "Windows",
  script: "any system",
} as const satisfies Record<Program["format"], string>;

const HOST_FORMATS = { darwin: "Mach-O", windows: "PE", linux: "ELF" } as const satisfies Record<
  HostOs,
  Program["format"]
>;

/** Architectures that each runs: 64-bit Intel processors run 32-bit programs, Windows on ARM emulates Intel's. */
const RUNS: Record<"linux" | "windows", Readonly<Record<string, readonly string[]>>> = {
  linux: { amd64: ["amd64", "386"], arm64: ["arm64"] },
  windows: { amd64: ["amd64", "386"], arm64: ["arm64", "arm", "amd64", "386"] },
};

/** The operating system that a program is built for. */
export function systemOf({ format }: Program): string {
  return SYSTEM_OF[format];
}

/** A program in a container of an image for `architecture`. */
export function containerFit({ format, machines }: Program, architecture: string): Fit {
  if (format === "script") return "runs";
  return format === "ELF" ? runs(machines, RUNS.linux[architecture]) : "machine";
}

/** A host file of `os` in the image for `architecture`, which computers of that architecture install. */
export function hostFit({ format, machines }: Program, os: HostOs, architecture: string): Fit {
  if (format === "script") return "runs";
  if (format !== HOST_FORMATS[os]) return "system";
  if (os !== "darwin") return runs(machines, RUNS[os][architecture]);
  if (machines.includes(architecture)) return "runs";
  return architecture === "arm64" && machines.includes("amd64") ? "rosetta" : "machine";
}

function runs(machines: readonly string[], known: readonly string[] | undefined): Fit {
  return known === undefined || machines.some((machine) => known.includes(machine)) ? "runs" : "machine";
}
