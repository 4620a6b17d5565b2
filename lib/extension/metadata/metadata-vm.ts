import { imageNameProblem } from "@/lib/extension/compose/service-image";
import type { Metadata } from "@/lib/extension/metadata/metadata-document";
import {
  type MetadataReader,
  readFile,
  readSection,
  readSocket,
  readText,
  reportOtherFields,
  type Section,
} from "@/lib/extension/metadata/metadata-section";

/** `vm`, the backend: exactly one of an image and a compose file. Null when absent. */
export function readVm(reader: MetadataReader, root: Section): Metadata["vm"] {
  const vm = readSection(reader, root, "vm");
  if (vm === undefined) return null;
  reportOtherFields(reader, vm, ["image", "composefile", "exposes"]);
  const image = readText(reader, vm, "image") ?? null;
  const composefile = readFile(reader, vm, "composefile") ?? null;
  const written = vm.fields.get("composefile");
  if (composefile !== null && typeof written === "string" && written.trim().startsWith("/")) {
    reader.findings.add("metadata_composefile_absolute", { value: written });
  }
  const problem = image === null ? undefined : imageNameProblem(image);
  if (problem !== undefined) {
    const name = /\$\{?([A-Za-z_][A-Za-z0-9_]*)/.exec(image ?? "")?.[1] ?? "";
    reader.findings.add(problem, { at: "vm.image", value: image, name });
  }
  if (image !== null && composefile !== null) reader.findings.add("metadata_vm_ambiguous");
  if (image === null && composefile === null) reader.findings.add("metadata_vm_incomplete");
  return { image, composefile, exposesSocket: readExposedSocket(reader, vm) };
}

function readExposedSocket(reader: MetadataReader, vm: Section): string | null {
  const exposes = readSection(reader, vm, "exposes");
  if (exposes === undefined) return null;
  reportOtherFields(reader, exposes, ["socket"]);
  return readSocket(reader, exposes, "socket") ?? null;
}
