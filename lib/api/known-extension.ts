import { catalog } from "@/lib/catalog/catalog";
import type { ExtensionView } from "@/lib/catalog/views/extension-view";
import { AppError } from "@/lib/platform/errors";

/** The extension with this familiar name in the newest snapshot. Throws `not_found`. */
export function knownExtension(repository = ""): ExtensionView {
  const view = catalog.get().current().find(repository);
  if (view !== undefined) return view;
  throw new AppError("not_found", `Gantry has no extension ${repository}.`, {
    suggestion: "Check the spelling. If the extension is new, submit it.",
  });
}
