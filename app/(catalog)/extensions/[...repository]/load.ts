import { notFound, permanentRedirect } from "next/navigation";
import {
  type ExtensionPath,
  parseExtensionPath,
} from "@/app/(catalog)/extensions/[...repository]/extension-path";
import { catalog } from "@/lib/catalog/catalog";
import type { ExtensionView } from "@/lib/catalog/views/extension-view";
import { familiarName, parseRepository } from "@/lib/extension/reference/repository";
import { isAppError } from "@/lib/platform/errors";

export type Found = { path: ExtensionPath; view: ExtensionView };

/** The extension at a path. A canonical name redirects to the familiar one; an unknown name is not found. */
export function extensionAt(segments: readonly string[]): Found {
  const path = parseExtensionPath(segments);
  if (path === undefined) notFound();
  const view = catalog.get().current().find(path.repository);
  if (view !== undefined) return { path, view };
  const familiar = familiarOf(path.repository);
  if (familiar === undefined || familiar === path.repository) notFound();
  permanentRedirect(
    path.kind === "version" ? `/extensions/${familiar}/-/versions/${path.tag}` : `/extensions/${familiar}`,
  );
}

function familiarOf(name: string): string | undefined {
  try {
    return familiarName(parseRepository(name));
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}
