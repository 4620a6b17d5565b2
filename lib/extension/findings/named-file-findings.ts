import { platformsIn, whyNot } from "@/lib/extension/findings/file-evidence";
import {
  ERROR,
  type Evidence,
  type FindingRule,
  INFO,
  quotedValue,
  rawValue,
  WARNING,
} from "@/lib/extension/findings/finding-rule";

/**
 * Findings about the files that metadata.json names, as they are in the layers. One finding covers all files with the
 * same problem: evidence `count`, `paths` (the first few), and `platforms`. `similar`: a path of the image that was
 * probably meant.
 */
export const NAMED_FILE_FINDINGS = {
  ui_page_missing: {
    severity: ERROR,
    title: "Page of the dashboard tab missing",
    message: (evidence) =>
      `${quotedValue(evidence, "path")}, the page of the dashboard tab, is not in the image for ${platformsIn(evidence)}, so the tab stays empty.${whyNot(evidence)}`,
    suggestion: (evidence) =>
      typeof evidence.similar === "string"
        ? `Change root and src in metadata.json so that they name ${evidence.similar}, or copy the page to ${rawValue(evidence, "path")}.`
        : `COPY the built pages to the folder that metadata.json names, for example: COPY ui/build ${rawValue(evidence, "root")}`,
  },
  ui_symbolic_links: {
    severity: WARNING,
    title: "Symbolic links among the pages",
    message: (evidence) =>
      `The folder of the dashboard tab contains ${counted(evidence, "symbolic link")} (${rawValue(evidence, "paths")}) in the image for ${platformsIn(evidence)}. Docker Desktop copies the folder to the user's machine, and Windows creates links only in Developer Mode or for administrators.${outsideOf(evidence)}`,
    suggestion: (evidence) =>
      `COPY only the built pages and no node_modules, or delete the links in the build stage: RUN find ${rawValue(evidence, "root")} -type l -delete`,
  },
  host_files_missing: {
    severity: ERROR,
    title: "Host files missing",
    message: missingHostFiles,
    suggestion: addHostFiles,
  },
  host_files_missing_on_arm: {
    severity: WARNING,
    title: "Host files missing for arm64",
    message: missingHostFiles,
    suggestion: (evidence) =>
      `${addHostFiles(evidence)} Build the file for arm64, or COPY the amd64 one: Windows on ARM runs it too.`,
  },
  host_file_is_folder: {
    severity: WARNING,
    title: "Folder among the host files",
    message: (evidence) =>
      evidence.count === 1
        ? `host.binaries names ${rawValue(evidence, "paths")}, which is a folder. Docker documents only files there.`
        : `host.binaries names ${rawValue(evidence, "count")} folders (${rawValue(evidence, "paths")}, …). Docker documents only files there.`,
    suggestion: () =>
      "List each file of the folder, or pack the folder into one file that your program unpacks.",
  },
  named_files_not_checked: {
    severity: INFO,
    outcome: "not_checked",
    title: "Named files not checked",
    message: (evidence) =>
      `Gantry could not check ${counted(evidence, "file")} that metadata.json names (${rawValue(evidence, "paths")}) in the image for ${platformsIn(evidence)}: ${rawValue(evidence, "why")}.`,
    suggestion: () =>
      "No action needed. To have the files checked, COPY them in small layers after the large ones.",
  },
  platform_same_layers: {
    severity: WARNING,
    title: "Same layers for both architectures",
    message: (evidence) =>
      `The images for linux/amd64 and linux/arm64 have the same layers, although the extension has ${rawValue(evidence, "what")}. One of the two contains the other architecture's programs.`,
    suggestion: () =>
      "Build both platforms in one run, docker buildx build --platform=linux/amd64,linux/arm64, and cross-compile with the build argument TARGETARCH.",
  },
  executable_other_machine: {
    severity: WARNING,
    title: "Program for another architecture",
    message: (evidence) =>
      evidence.count === 1
        ? `${rawValue(evidence, "paths")} in the image for ${platformsIn(evidence)} is a program for ${rawValue(evidence, "found")}, not for ${rawValue(evidence, "expected")}.`
        : `${rawValue(evidence, "count")} programs in the image for ${platformsIn(evidence)} are for ${rawValue(evidence, "found")}, not for ${rawValue(evidence, "expected")}: ${rawValue(evidence, "paths")}.`,
    suggestion: (evidence) =>
      `Build them for ${rawValue(evidence, "expected")}. In a Dockerfile, the build argument TARGETARCH has the architecture: GOARCH=$TARGETARCH go build`,
  },
  host_file_other_system: {
    severity: WARNING,
    title: "Host file for another operating system",
    message: (evidence) =>
      `host.binaries lists ${counted(evidence, "program")} for ${rawValue(evidence, "os")} (${rawValue(evidence, "paths")}) that ${evidence.count === 1 ? "is" : "are"} for ${rawValue(evidence, "found")}, in the image for ${platformsIn(evidence)}.`,
    suggestion: (evidence) =>
      `Build the file for ${rawValue(evidence, "os")} (GOOS=${rawValue(evidence, "os")} for Go), or move the path to the right list.`,
  },
  host_file_needs_rosetta: {
    severity: INFO,
    title: "Host file needs Rosetta 2",
    message: (evidence) =>
      `${counted(evidence, "program")} for macOS (${rawValue(evidence, "paths")}) in the image for ${platformsIn(evidence)} ${evidence.count === 1 ? "is" : "are"} for Intel only. Macs with Apple silicon run them only with Rosetta 2, which macOS does not install by default.`,
    suggestion: () =>
      "Build it for arm64 too, or as a universal file: lipo -create -output tool tool-amd64 tool-arm64",
  },
} satisfies Record<string, FindingRule>;

function missingHostFiles(evidence: Evidence): string {
  const where = `is not in the image for ${platformsIn(evidence)}`;
  if (evidence.count === 1)
    return `host.binaries names ${rawValue(evidence, "paths")} for ${rawValue(evidence, "os")}, which ${where}.${whyNot(evidence)}`;
  return `host.binaries names ${rawValue(evidence, "count")} files for ${rawValue(evidence, "os")} that are not in the image for ${platformsIn(evidence)}, such as ${rawValue(evidence, "paths")}.${whyNot(evidence)}`;
}

function addHostFiles(evidence: Evidence): string {
  return typeof evidence.similar === "string"
    ? `Write the path as in the image: ${evidence.similar}`
    : "COPY the files into the last stage of the Dockerfile at exactly these paths, or remove them from host.binaries.";
}

function counted({ count }: Evidence, noun: string): string {
  return count === 1 ? `one ${noun}` : `${String(count)} ${noun}s`;
}

function outsideOf({ outside }: Evidence): string {
  if (typeof outside !== "number" || outside === 0) return "";
  return outside === 1
    ? " One of them leads outside the folder."
    : ` ${outside} of them lead outside the folder.`;
}
