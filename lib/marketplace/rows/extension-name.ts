import { familiarName, parseRepository } from "@/lib/extension/reference/repository";

/** The name that people and clients use for an extension's row; the row itself keeps the canonical one. */
export function nameOf(extension: { repository: string }): string {
  return familiarName(parseRepository(extension.repository));
}
