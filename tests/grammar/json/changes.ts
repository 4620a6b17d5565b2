/** What readers of JSON disagree about, done to a document at a random place. */

import { nodesOf, type Tree, text } from "@/tests/grammar/json/tree";
import type { Random } from "@/tests/registry/fuzz-run/random";

type Change = (tree: Tree, random: Random) => void;

/** Private characters that `bytesOf` replaces by bytes that are not UTF-8. */
const BROKEN: readonly [string, number[]][] = [
  ["\uf8f0", [0xff]],
  ["\uf8f1", [0x80]],
  ["\uf8f2", [0xe2, 0x82]],
  ["\uf8f3", [0xc0, 0xaf]],
  ["\uf8f4", [0xed, 0xa0, 0x80]],
];

const ODD_STRINGS = [
  ...["\\ud800", "\\udc00", "\\udc00\\ud800", "\\ud83d\\ude00", "\\u0000", "\\ufeff", "\\u2028", "\\u202e"],
  ...[
    "\\/",
    "\\\\",
    '\\"',
    "\\b",
    "\\u212A",
    "\u017f",
    "\ufb01",
    "\u007f",
    "\uffff",
    "\u{1f600}",
    "\ufffd",
    "\\x",
  ],
  ...BROKEN.map(([character]) => character),
];

const ODD_SCALARS = [
  ...["null", "true", "false", "0", "-0", "1e3", "1E+2", "2.0", "2e0", "1.5", "-1", "1e400", "1e-400"],
  ...["9007199254740993", "9223372036854775807", "9223372036854775808", "123456789012345678901234567890"],
  ...[
    "01",
    "1.",
    ".5",
    "+1",
    "0x1",
    "NaN",
    "tru",
    "''",
    '""',
    '" "',
    "[]",
    "{}",
    "[null]",
    '{"":null}',
    "[[]]",
  ],
];

const UNKNOWN_KEYS = [
  '""',
  '"x"',
  '"__proto__"',
  '"constructor"',
  '"x-a"',
  '"features"',
  '"Name"',
  '"\\ud800"',
];

/** Weighted by repetition: most documents should still be JSON. */
const CHANGES: readonly [Change, ...Change[]] = [
  respellKey,
  respellKey,
  respellKey,
  escapeKey,
  doubleMember,
  doubleMember,
  doubleRespelled,
  oddScalar,
  oddScalar,
  oddScalar,
  nothing,
  nothing,
  oddString,
  oddString,
  oddString,
  unknownMember,
  unknownMember,
  dropMember,
  doubleItem,
  deepen,
];

export function changed(tree: Tree, random: Random): Tree {
  const copy = structuredClone(tree);
  for (let count = random.below(4); count > 0; count -= 1) random.pick(CHANGES)(copy, random);
  return copy;
}

/** Bytes with what stands around a document, and without the private characters. */
export function bytesOf(document: string, random: Random): Uint8Array {
  const whole = random.below(12) === 0 ? around(document, random) : document;
  const pieces = [...whole].map((character) => {
    const broken = BROKEN.find(([known]) => known === character);
    return broken === undefined ? Buffer.from(character) : Buffer.from(broken[1]);
  });
  return Buffer.concat(pieces);
}

function around(document: string, random: Random): string {
  return random.pick<string>([
    `\ufeff${document}`,
    `${document}${document}`,
    `${document} null`,
    `${document}\u0000`,
    `${document},`,
    `\r\n\t ${document}\n`,
    `\u00a0${document}`,
    `[${document}]`,
    document.slice(0, random.below(document.length)),
    document.replaceAll(",", ", \n"),
    "null",
    "",
  ]);
}

function objectsOf(tree: Tree) {
  return nodesOf(tree).flatMap((node) => (node.kind === "object" && node.members.length > 0 ? [node] : []));
}

function memberOf(tree: Tree, random: Random, may: (value: Tree) => boolean = () => true) {
  const places = objectsOf(tree).flatMap((owner) =>
    owner.members.filter(({ value }) => may(value)).map((member) => ({ owner, member })),
  );
  return random.pick(places);
}

/** Go lays an object over the one that it read before under the same key, and a list over the old list's items. */
function doubledOf(tree: Tree, random: Random) {
  return memberOf(tree, random, random.below(2) === 0 ? ({ kind }) => kind !== "text" : undefined);
}

function respellKey(tree: Tree, random: Random): void {
  const found = memberOf(tree, random);
  if (found !== undefined) found.member.key = respelled(found.member.key, random);
}

function respelled(key: string, random: Random): string {
  return random.pick<string>([
    key.toUpperCase(),
    key.replace(/[a-z]/, (letter) => letter.toUpperCase()),
    key.toLowerCase(),
    key.replace(/s(?=[^s]*$)/, "\u017f"),
    key.replace(/k/, "\u212a"),
    key.replace(/[a-z]/, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
    key.replace(/i/, "\u0130"),
    key.replace(/"$/, '\\u0000"'),
    key.replace(/"$/, ' "'),
    key.replace(/[-_.]/, ""),
  ]);
}

function escapeKey(tree: Tree, random: Random): void {
  const found = memberOf(tree, random);
  if (found === undefined) return;
  found.member.key = found.member.key.replace(
    /[A-Za-z]/,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function doubleMember(tree: Tree, random: Random): void {
  const found = doubledOf(tree, random);
  if (found === undefined) return;
  const value = changedOrNew(found.member.value, random);
  found.owner.members.splice(random.below(found.owner.members.length + 1), 0, {
    key: found.member.key,
    value,
  });
}

function doubleRespelled(tree: Tree, random: Random): void {
  const found = doubledOf(tree, random);
  if (found === undefined) return;
  const key = respelled(found.member.key, random);
  const value = changedOrNew(found.member.value, random);
  found.owner.members.splice(random.below(found.owner.members.length + 1), 0, { key, value });
}

function changedOrNew(value: Tree, random: Random): Tree {
  const copy = structuredClone(value);
  random.pick([oddScalar, oddString, nothing, dropMember, dropMember, () => {}])(copy, random);
  return copy;
}

function become(node: Tree, other: Tree): void {
  Object.assign(node, other);
}

function scalarsOf(tree: Tree) {
  return nodesOf(tree).flatMap((node) => (node.kind === "text" ? [node] : []));
}

function oddScalar(tree: Tree, random: Random): void {
  const node = random.pick(scalarsOf(tree));
  if (node !== undefined) node.text = random.pick(ODD_SCALARS) ?? "null";
}

function nothing(tree: Tree, random: Random): void {
  const node = random.pick(nodesOf(tree));
  if (node !== undefined) become(node, text("null"));
}

function oddString(tree: Tree, random: Random): void {
  const node = random.pick(scalarsOf(tree).filter((scalar) => scalar.text.startsWith('"')));
  if (node === undefined) return;
  const at = 1 + random.below(node.text.length - 1);
  node.text = node.text.slice(0, at) + (random.pick(ODD_STRINGS) ?? "") + node.text.slice(at);
}

function unknownMember(tree: Tree, random: Random): void {
  const owner = random.pick(objectsOf(tree));
  const value = text(random.pick(ODD_SCALARS) ?? "null");
  owner?.members.splice(random.below(owner.members.length + 1), 0, {
    key: random.pick(UNKNOWN_KEYS) ?? '"x"',
    value,
  });
}

function dropMember(tree: Tree, random: Random): void {
  const owner = random.pick(objectsOf(tree));
  owner?.members.splice(random.below(owner.members.length), 1);
}

function doubleItem(tree: Tree, random: Random): void {
  const lists = nodesOf(tree).flatMap((node) => (node.kind === "array" ? [node] : []));
  const list = random.pick(lists);
  const item = list && random.pick(list.items);
  if (item !== undefined) list?.items.push(changedOrNew(item, random));
}

const DEPTHS = [10, 17, 65, 9_990, 10_001];

function deepen(tree: Tree, random: Random): void {
  const depth = random.pick(DEPTHS) ?? 10;
  const owner = random.pick(objectsOf(tree));
  owner?.members.push({ key: '"x"', value: text("[".repeat(depth) + "]".repeat(depth)) });
}
