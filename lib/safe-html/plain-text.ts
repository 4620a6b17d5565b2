import type { Element, ElementContent, Root } from "hast";

/** Renders text as paragraphs and lines, without interpreting any of it. Linear in its length. */
export function plainText(text: string): Root {
  const blocks = text
    .split(/\n[ \t]*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== "");
  return { type: "root", children: blocks.map(paragraph) };
}

function paragraph(block: string): Element {
  const lines = block.split("\n");
  const children = lines.flatMap((line, index): ElementContent[] => {
    const text: ElementContent = { type: "text", value: line };
    return index === 0 ? [text] : [element("br"), text];
  });
  return element("p", children);
}

function element(tagName: string, children: ElementContent[] = []): Element {
  return { type: "element", tagName, properties: {}, children };
}
