import type { UpdateItem, UpdateTarget } from "@/lib/catalog/documents/update-documents";
import { AppError } from "@/lib/platform/errors";

/**
 * The commands to run for one answer; none if no action is needed. The image is referenced by digest, so that a tag that
 * moves meanwhile changes nothing, or by its tag where `byTag` asks for it. Throws `answer_refused` for names that no
 * image can have, because a shell can run this output.
 */
export function commandsFor({ action, repository, target }: UpdateItem, byTag: boolean): string[] {
  const installed = safe(repository ?? "");
  switch (action) {
    case "update":
      return target ? [`docker extension update ${referenceOf(target, byTag)}`] : [];
    case "digest_differs":
    case "moved":
      return target ? replaceCommands(installed, target, byTag) : [];
    case "yanked":
    case "blocked":
      return target ? replaceCommands(installed, target, byTag) : [`docker extension rm ${installed}`];
    case "none":
    case "not_listed":
    case "unknown":
      return [];
  }
}

/** Docker updates only to another tag, and never to another repository. */
function replaceCommands(installed: string, target: UpdateTarget, byTag: boolean): string[] {
  return [`docker extension rm ${installed}`, `docker extension install ${referenceOf(target, byTag)}`];
}

function referenceOf({ repository, tag, digest }: UpdateTarget, byTag: boolean): string {
  return safe(byTag ? `${repository}:${tag}` : `${repository}@${digest}`);
}

function safe(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._:/@-]*$/.test(name)) return name;
  throw new AppError("answer_refused", "The response contains an invalid image name.", {
    suggestion: "Check that the URL is that of your Gantry server.",
  });
}
