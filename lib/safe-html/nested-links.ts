import type { ElementContent } from "hast";

/** Parts of tables and lists, which a link cannot contain without the table or list. */
const PARTS = new Set(["caption", "dd", "dt", "li", "tbody", "td", "tfoot", "th", "thead", "tr"]);

/**
 * The words of a link that contains other links: each run of words between them keeps the outer link, which `wrap` makes.
 * The parser leaves such links in tables, and browsers show no link inside a link.
 */
export function splitLinks(
  children: readonly ElementContent[],
  wrap: (words: ElementContent[]) => ElementContent[],
): ElementContent[] {
  const result: ElementContent[] = [];
  let run: ElementContent[] = [];
  const flush = () => {
    if (run.length > 0) result.push(...wrap(run));
    run = [];
  };
  for (const child of children) {
    if (child.type !== "element" || !splitsLink(child)) {
      run.push(child);
      continue;
    }
    flush();
    const isLink = child.tagName === "a";
    result.push(isLink ? child : { ...child, children: splitLinks(child.children, wrap) });
  }
  flush();
  return result;
}

/** Whether a link around this element has to be split. */
export function splitsLink(node: ElementContent): boolean {
  if (node.type !== "element") return false;
  return node.tagName === "a" || PARTS.has(node.tagName) || node.children.some(splitsLink);
}
