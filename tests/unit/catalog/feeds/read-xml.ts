/** A strict reader for the XML that we write: it throws for anything that is not well-formed. */

export type XmlElement = {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
};

const TOKEN = /<\?xml[^<>]*\?>\n|<(\/?)([A-Za-z]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>|([^<>]+)/gy;
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

export function readXml(source: string): XmlElement {
  if (!source.isWellFormed() || FORBIDDEN.test(source))
    throw new Error("a character that XML does not allow");
  const top: XmlElement = { name: "", attributes: {}, children: [], text: "" };
  const open = [top];
  let end = 0;
  for (const found of source.matchAll(TOKEN)) {
    const [token, closing, name, attributes = "", empty, text] = found;
    end = found.index + token.length;
    const parent = open.at(-1);
    if (parent === undefined) throw new Error("text behind the end");
    if (text !== undefined) parent.text += unescaped(text);
    else if (name === undefined) continue;
    else if (closing === "/") {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes nothing`);
    } else {
      const element: XmlElement = { name, attributes: attributesOf(attributes), children: [], text: "" };
      parent.children.push(element);
      if (empty !== "/") open.push(element);
    }
  }
  const [root] = top.children;
  if (end !== source.length || open.length !== 1 || root === undefined || top.children.length !== 1) {
    throw new Error(`not well-formed at ${end}: ${source.slice(end, end + 60)}`);
  }
  return root;
}

function attributesOf(source: string): Record<string, string> {
  return Object.fromEntries(
    [...source.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, unescaped(value)]),
  );
}

function unescaped(text: string): string {
  const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  return text.replace(/&([^;&]*);?/g, (found, name: string) => {
    const character = named[name];
    if (character === undefined || !found.endsWith(";")) throw new Error(`${found} is no entity`);
    return character;
  });
}
