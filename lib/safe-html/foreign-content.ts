import type { Element, ElementContent, Root, RootContent } from "hast";
import { linkAddress } from "@/lib/safe-html/link-address";

/**
 * Replaces what the sanitizer would remove without a trace: players and frames become links to what they show, and
 * checkboxes become characters. Runs before the sanitizer, which judges the addresses.
 */
export function replaceForeignContent(root: Root): Root {
  return { ...root, children: root.children.flatMap((child) => replaced(child)) };
}

function replaced<Node extends RootContent | ElementContent>(node: Node): (Node | ElementContent)[] {
  if (node.type !== "element") return [node];
  if (node.tagName === "input") return checkbox(node);
  const name = FRAMES[node.tagName];
  const content = name === undefined ? node.children : node.children.filter((child) => !isSource(child));
  const children = content.flatMap((child) => replaced(child));
  if (name === undefined) return [{ ...node, children }];
  const url = addressOf(node);
  // Other content is for browsers that cannot show it.
  const rest = children.filter(leadsElsewhere);
  if (url === undefined) return rest;
  const space: ElementContent[] = rest.length === 0 ? [] : [{ type: "text", value: " " }];
  return [frameLink(url, titleOf(node) ?? name), ...space, ...rest];
}

const FRAMES: Readonly<Record<string, string>> = {
  video: "Video",
  audio: "Audio",
  iframe: "Embedded page",
  embed: "Embedded file",
  object: "Embedded file",
  source: "Media file",
};

/** The address of the element itself, or of the first source inside it; undefined if it is not on the web. */
function addressOf({ tagName, properties, children }: Element): URL | undefined {
  const own = tagName === "object" ? properties.data : properties.src;
  const sources = children.flatMap((child) =>
    child.type === "element" && isSource(child) ? [child.properties.src] : [],
  );
  const url = [own, ...sources].map(linkAddress).find((each) => each !== undefined);
  return url?.protocol === "mailto:" ? undefined : url;
}

function titleOf({ properties: { title, ariaLabel } }: Element): string | undefined {
  const words = [title, ariaLabel].find((each) => typeof each === "string" && each.trim() !== "");
  return typeof words === "string" ? words.trim() : undefined;
}

function frameLink(url: URL, words: string): Element {
  const children: ElementContent[] = [{ type: "text", value: `${words} (${url.host})` }];
  return { type: "element", tagName: "a", properties: { href: url.href }, children };
}

function leadsElsewhere(node: ElementContent): boolean {
  if (node.type !== "element") return false;
  return node.tagName === "a" || node.tagName === "img" || node.children.some(leadsElsewhere);
}

function isSource(node: ElementContent): boolean {
  return node.type === "element" && node.tagName === "source";
}

/** GitHub's task lists, and checkboxes in HTML. */
function checkbox({ properties: { type, checked } }: Element): ElementContent[] {
  if (String(type).toLowerCase() !== "checkbox") return [];
  return [{ type: "text", value: checked === true || checked === "" ? "☑" : "☐" }];
}
