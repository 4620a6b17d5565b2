import type { UpdateItem } from "@/lib/catalog/documents/update-documents";
import type { UpdateAction } from "@/lib/extension/offer/update-check";
import { visible } from "@/lib/extension/text/quoted";
import type { Style } from "@/scripts/gantry/command";

const MESSAGE_CHARACTERS = 300;

const WORDS: Record<UpdateAction, [word: string, look: keyof Style]> = {
  none: ["up to date", "green"],
  update: ["update", "blue"],
  digest_differs: ["other image", "yellow"],
  yanked: ["withdrawn", "red"],
  blocked: ["blocked", "red"],
  moved: ["moved", "blue"],
  not_listed: ["not listed", "yellow"],
  unknown: ["unknown", "dim"],
};

/** One line per extension with its reason below, then the commands. */
export function updatesText(items: readonly UpdateItem[], commands: readonly string[], style: Style): string {
  if (items.length === 0) return "No extension is installed.";
  const names = items.map(({ repository, tag }) => visible(`${repository}:${tag}`, MESSAGE_CHARACTERS));
  const width = Math.max(...names.map(({ length }) => length));
  const lines = items.flatMap((item, index) => {
    const [word, look] = WORDS[item.action];
    const target = item.target ? `  →  ${visible(targetText(item), MESSAGE_CHARACTERS)}` : "";
    const line = `${names[index]?.padEnd(width)}  ${style[look](word)}${target}`;
    return [line, ...reasonsOf(item).map((text) => `  ${style.dim(visible(text, MESSAGE_CHARACTERS))}`)];
  });
  return commands.length === 0
    ? lines.join("\n")
    : [...lines, "", "To do:", ...commands.map((one) => `  ${one}`)].join("\n");
}

function targetText({ repository, target }: UpdateItem): string {
  if (target === null) return "";
  return target.repository === repository ? target.tag : `${target.repository}:${target.tag}`;
}

function reasonsOf({ reason, deprecated, target }: UpdateItem): string[] {
  const replacement = deprecated?.replacement ? ` Use ${deprecated.replacement} instead.` : "";
  return [
    ...(reason.code === "up_to_date" ? [] : [reason.message]),
    ...(deprecated ? [`Deprecated: ${deprecated.message}${replacement}`] : []),
    ...(target?.warnings.map(({ message }) => message) ?? []),
  ];
}
