import type { HostOs } from "@/lib/extension/metadata/host-os";
import type { Program } from "@/lib/inspection/layers/program";
import { type Fit, hostFit } from "@/lib/inspection/named-files/machine-fit";
import type { PlatformFiles } from "@/lib/inspection/named-files/platform-files";

export type HostFit = { path: string; os: HostOs; program: Program; fit: Fit };

/**
 * How each program for the host fits, on each operating system that lists it. Some extensions list a program for each
 * architecture side by side and choose at run time: then the one for this architecture is enough.
 */
export function hostFits(host: PlatformFiles["host"], architecture: string): HostFit[] {
  const all = host.flatMap(({ path, systems, place }) => {
    if (place.kind !== "file" || place.program === undefined) return [];
    const { program } = place;
    return systems.map((os): HostFit => ({ path, os, program, fit: hostFit(program, os, architecture) }));
  });
  const running = new Set(all.filter(({ fit }) => fit === "runs").map(twinKey));
  return all.map((one) =>
    one.fit !== "system" && running.has(twinKey(one)) ? { ...one, fit: "runs" } : one,
  );
}

function twinKey({ os, path }: HostFit): string {
  const name = path.toLowerCase();
  return `${os} ${name.replaceAll(/amd64|x86[-_]64|x64|arm64|aarch64|intel|silicon|amd|arm|m1/g, "*")}`;
}
