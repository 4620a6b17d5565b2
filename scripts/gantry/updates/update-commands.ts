import type { UpdateItem, UpdateTarget } from "@/lib/catalog/documents/update-documents";
import { AppError } from "@/lib/platform/errors";

/**
 * What to run for one answer; nothing where nothing is to be done. The image is named by its digest, so that a tag that
 * moves meanwhile changes nothing, or by its tag where `byTag` asks for it. Throws `answer_refused` for names that no
 * image has: what is printed here may be run by a shell.
 */
export function commandsFor({ action, repository, target }: UpdateItem, byTag: boolean): string[] {
  const installed = safe(repository ?? "");
  switch (action) {
    case "update":
      return target ? [`docker extension update ${referenceOf(target, byTag)}`] : [];
    case "digest_differs":
    case "moved":
      return target ? anew(installed, target, byTag) : [];
    case "yanked":
    case "blocked":
      return target ? anew(installed, target, byTag) : [`docker extension rm ${installed}`];
    case "none":
    case "not_listed":
    case "unknown":
      return [];
  }
}

/** Docker updates only to another tag, and never to another repository. */
function anew(installed: string, target: UpdateTarget, byTag: boolean): string[] {
  return [`docker extension rm ${installed}`, `docker extension install ${referenceOf(target, byTag)}`];
}

function referenceOf({ repository, tag, digest }: UpdateTarget, byTag: boolean): string {
  return safe(byTag ? `${repository}:${tag}` : `${repository}@${digest}`);
}

function safe(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._:/@-]*$/.test(name)) return name;
  throw new AppError("answer_refused", "The answer names an image that no registry can have.", {
    suggestion: "Check that the address is that of your Gantry.",
  });
}
