import type { Root } from "hast";
import rehypeRaw from "rehype-raw";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { type Processor, unified } from "unified";
import { type MarkdownNode, repairMarkdown } from "@/lib/safe-html/markdown-repairs";

/** Footnotes need ids, which the sanitizer removes. */
const UNREAD = ["codeIndented", "gfmFootnoteCall", "gfmPotentialFootnoteCall", "gfmFootnoteDefinition"];

const reader = unified()
  .use(remarkParse)
  .use(remarkGfm, { singleTilde: false })
  .use(withoutSurprises)
  .use(() => keepLineBreaks)
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(rehypeRaw)
  .freeze();

/**
 * Parses Markdown (CommonMark 0.31 with GitHub's tables, strikethrough and bare links) with embedded HTML into an
 * unsanitized HTML tree. Two deviations from CommonMark: line breaks are kept, because many texts were never meant as
 * Markdown; and indented text is not code, because Dockerfiles indent continued lines.
 */
export function readMarkdown(source: string): Root {
  const tree = reader.parse(source);
  repairMarkdown(tree, source);
  return reader.runSync(tree);
}

function withoutSurprises(this: Processor): void {
  const data = this.data();
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), { disable: { null: UNREAD } }];
}

function keepLineBreaks(node: MarkdownNode): void {
  const { children } = node;
  if (children === undefined) return;
  for (const child of children) keepLineBreaks(child);
  if (children.some(holdsLineBreak)) node.children = children.flatMap(asLines);
}

function holdsLineBreak({ type, value }: MarkdownNode): boolean {
  return type === "text" && typeof value === "string" && value.includes("\n");
}

function asLines(node: MarkdownNode): MarkdownNode[] {
  if (node.type !== "text" || typeof node.value !== "string") return [node];
  return node.value.split("\n").flatMap((line, index): MarkdownNode[] => {
    const text = { type: "text", value: line };
    return index === 0 ? [text] : [{ type: "break" }, text];
  });
}
