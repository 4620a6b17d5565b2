import {
  type EndedElements,
  endedElements,
  escapePlaceholders,
  isPlaceholder,
} from "@/lib/safe-html/placeholders";

/** The part of a Markdown tree that this file uses. */
export type MarkdownNode = {
  type: string;
  value?: unknown;
  url?: unknown;
  children?: MarkdownNode[];
  position?: { start: { offset?: number }; end: { offset?: number } };
};

/**
 * Repairs what Markdown and HTML do to each other: placeholders in angle brackets stay words, and an address in the words
 * of an HTML link does not become a second link, which would end the first. Changes the tree in place.
 */
export function repairMarkdown(root: MarkdownNode, source: string): void {
  new Repairs(source).visit(root);
}

class Repairs {
  readonly #ended: EndedElements;
  /** Inside the words of an HTML link. */
  #inLink = false;

  constructor(private readonly source: string) {
    this.#ended = endedElements(source);
  }

  visit(node: MarkdownNode): void {
    node.children = node.children?.flatMap((child) => this.#repaired(child));
  }

  #repaired(node: MarkdownNode): MarkdownNode[] {
    if (node.type === "html" && typeof node.value === "string") return [this.#html(node.value)];
    if (node.type === "link") {
      const written = this.#bracketed(node);
      if (written !== undefined) return [text(written)];
      if (this.#inLink && isBareAddress(node)) return node.children ?? [];
    }
    this.visit(node);
    return [node];
  }

  #html(value: string): MarkdownNode {
    if (isPlaceholder(value, this.#ended) && /^<[^<>]*>$/.test(value)) return text(value);
    for (const [, slash, attributes = ""] of value.matchAll(ANCHOR_TAG))
      this.#inLink = slash === "" && /\bhref\s*=/i.test(attributes);
    return { type: "html", value: escapePlaceholders(value, this.#ended) };
  }

  /** `<image:tag>` as it was written: CommonMark reads it as an address of the scheme `image`. */
  #bracketed({ url, position }: MarkdownNode): string | undefined {
    const written = this.source.slice(position?.start.offset ?? 0, position?.end.offset ?? 0);
    const isBracketed = written.startsWith("<") && written.endsWith(">");
    return isBracketed && !/^(?:https?|mailto):/i.test(String(url)) ? written : undefined;
  }
}

const ANCHOR_TAG = /<(\/?)a(?=[\s>/])([^>]*)>/gi;

/** A link whose words are its own address. */
function isBareAddress({ url, children = [] }: MarkdownNode): boolean {
  const [only, ...others] = children;
  if (others.length > 0 || only?.type !== "text" || typeof url !== "string") return false;
  const words = String(only.value);
  return [words, `http://${words}`, `https://${words}`, `mailto:${words}`].includes(url);
}

function text(value: string): MarkdownNode {
  return { type: "text", value };
}
