import type { Element, ElementContent, Root, RootContent } from "hast";
import { linkAddress } from "@/lib/safe-html/link-address";
import { isVisible, withLinkWords } from "@/lib/safe-html/link-words";
import { splitLinks, splitsLink } from "@/lib/safe-html/nested-links";

/** Stored copies of images by the publisher's URL. `path` on this origin, sizes in pixels. */
export type Pictures = ReadonlyMap<string, { path: string; width: number; height: number }>;

const LINK_REL = ["nofollow", "ugc", "noopener", "noreferrer"];

/**
 * Keeps absolute links only, because relative ones would point into this site; other links become their text. Images
 * with a stored copy use it; others become links or their alternative text. Every link has something to see.
 */
export function judgeAddresses(root: Root, pictures: Pictures | undefined): Root {
  const judgedRoot: Root = {
    ...root,
    children: root.children.flatMap((child) => judged(child, pictures, false)),
  };
  return withLinkWords(judgedRoot);
}

function judged<Node extends RootContent | ElementContent>(
  node: Node,
  pictures: Pictures | undefined,
  insideLink: boolean,
): (Node | ElementContent)[] {
  if (node.type !== "element") return [node];
  if (node.tagName === "img") return picture(node, pictures, insideLink);
  const url = node.tagName === "a" ? linkAddress(node.properties.href) : undefined;
  const inside = insideLink || url !== undefined;
  const children = node.children.flatMap((child) => judged(child, pictures, inside));
  if (node.tagName !== "a") return [{ ...node, children }];
  return url === undefined ? children : links(url, children);
}

/** The link, or several where other links or parts of tables are inside it. */
function links(url: URL, children: ElementContent[]): ElementContent[] {
  if (!children.some(splitsLink)) return [link(url, children)];
  let isShown = false;
  const parts = splitLinks(children, (words) => {
    if (!words.some(isVisible)) return words;
    isShown = true;
    return [link(url, words)];
  });
  return isShown ? parts : [link(url, []), ...parts];
}

function link(url: URL, children: ElementContent[]): Element {
  const host = undisclosedHost(url, children);
  const shown: ElementContent[] = host === undefined ? children : [...children, text(` (${host})`)];
  return { type: "element", tagName: "a", properties: { href: url.href, rel: LINK_REL }, children: shown };
}

const HOST_LIKE = /^(?:https?:\/\/)?((?:[^\s/:?#.]+\.)+[^\s/:?#.]{2,})(?:[:/?#].*)?$/i;

/**
 * The host to show if the link text names another one, or contains letters of another alphabet that could imitate it.
 */
function undisclosedHost(url: URL, children: readonly ElementContent[]): string | undefined {
  const words = textOf(children);
  if (url.protocol === "mailto:" || words.includes(`(${url.hostname})`)) return undefined;
  if (url.hostname.includes("xn--")) return url.hostname;
  const named = HOST_LIKE.exec(words.trim().slice(0, 500))?.[1];
  const isOther = named !== undefined && URL.parse(`https://${named}`)?.hostname !== url.hostname;
  return isOther ? url.hostname : undefined;
}

function picture(
  { properties }: Element,
  pictures: Pictures | undefined,
  insideLink: boolean,
): ElementContent[] {
  const url = linkAddress(properties.src);
  const alt = typeof properties.alt === "string" ? properties.alt.trim() : "";
  const own = url === undefined ? undefined : pictures?.get(url.href);
  if (own !== undefined) {
    const { path, width, height } = own;
    return [
      {
        type: "element",
        tagName: "img",
        properties: { src: path, alt, width, height, loading: "lazy" },
        children: [],
      },
    ];
  }
  if (url === undefined || insideLink) return alt === "" ? [] : [text(alt)];
  return [link(url, [text(alt === "" ? "Picture" : alt)])];
}

function textOf(nodes: readonly ElementContent[]): string {
  return nodes
    .map((node) => (node.type === "element" ? textOf(node.children) : node.type === "text" ? node.value : ""))
    .join("");
}

function text(value: string): ElementContent {
  return { type: "text", value };
}
