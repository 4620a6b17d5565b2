import { normalizeImagePath } from "@/lib/archive/entry-path";
import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import type { PictureReason } from "@/lib/extension/findings/picture-fixes";
import type { IconReport } from "@/lib/extension/report/inspection-report";
import type { FoundFile } from "@/lib/inspection/files/image-files";
import type { FileAccess } from "@/lib/inspection/files/metadata-file";
import { traceFindings, unreadReason } from "@/lib/inspection/files/trace-findings";
import type { Media } from "@/lib/media/drawing/draw-picture";
import { drawing } from "@/lib/media/drawing/drawing";
import { ICON } from "@/lib/media/picture-shape";

export type IconFile = { icon: IconReport | null; media: Media[]; findings: Finding[] };

/**
 * Reads the icon that metadata.json names from the layers, and renders it. `named` is the path as in metadata.json,
 * with or without a leading slash. Problems become findings; registry errors are thrown.
 */
export async function readIconFile(named: string, access: FileAccess): Promise<IconFile> {
  const path = normalizeImagePath(named);
  if (path === undefined || path === "")
    return nothing(unusable(named, { why: "its path points outside the image" }));
  const lookup = await access.files.find(path);
  const findings = traceFindings(lookup.trace, access.platform);
  switch (lookup.kind) {
    case "file":
      return joined(findings, await drawFile(named, lookup, access));
    case "malformed":
      return joined(findings, nothing(notChecked(named, `the layer ${lookup.layer.digest} is corrupt`)));
    case "absent":
    case "not_a_file":
    case "broken_link": {
      const unread = unreadReason(lookup.trace);
      if (unread !== undefined) return joined(findings, nothing(notChecked(named, unread)));
      const reason = lookup.kind === "broken_link" ? lookup.reason : undefined;
      return joined(findings, nothing(missing(named, reason)));
    }
  }
}

async function drawFile(named: string, file: FoundFile, { reader, limits }: FileAccess): Promise<IconFile> {
  if (file.sizeBytes > limits.iconBytes) {
    const why = `it has ${file.sizeBytes} bytes; the limit is ${limits.iconBytes}`;
    return nothing(unusable(named, { reason: "too_large", why }));
  }
  const body = await reader.body(file.layer, file.body);
  if ("reason" in body) return nothing(notChecked(named, body.reason));
  const drawn = await drawing().draw(body.bytes, ICON);
  if (drawn.kind === "unusable") return nothing(unusable(named, drawn));
  if (drawn.kind === "not_checked") return nothing(notChecked(named, drawn.why));
  const { sha256, contentType, bytes } = drawn.media;
  const icon = { path: named, layer: file.layer.digest, sha256, contentType, sizeBytes: bytes.length };
  return { icon, media: [drawn.media], findings: [] };
}

function nothing(finding: Finding): IconFile {
  return { icon: null, media: [], findings: [finding] };
}

function joined(findings: Finding[], file: IconFile): IconFile {
  return { ...file, findings: [...findings, ...file.findings] };
}

function missing(path: string, why: string | undefined): Finding {
  return makeFinding("icon_missing_in_layers", why === undefined ? { path } : { path, why });
}

function unusable(path: string, { reason, why }: { reason?: PictureReason; why: string }): Finding {
  return makeFinding("icon_file_unusable", reason === undefined ? { path, why } : { path, reason, why });
}

function notChecked(path: string, why: string): Finding {
  return makeFinding("icon_not_checked", { path, why });
}
