/** What code may not do, wherever its imports come from. */

import { isGlobal } from "@/tests/architecture/rules/bindings";
import { isRawPublisherText } from "@/tests/architecture/rules/publisher-text";
import { childOf, childrenOf, type Node, type Place, textOf } from "@/tests/architecture/syntax";

type Act = {
  /** The files that this is forbidden in. */
  forbiddenIn(file: string): boolean;
  isAct(place: Place, bound: ReadonlySet<string>): boolean;
  why: string;
};

const inLib = (file: string) => file.startsWith("lib/");
const inExtension = (file: string) => file.startsWith("lib/extension/");
const everywhere = () => true;
const IN_BROWSER = ["components/ui/live-updates.tsx", "components/ui/read-events.ts"];

export const ACTS: readonly Act[] = [
  {
    forbiddenIn: (file) => file !== "lib/platform/env.ts",
    isAct: (place, bound) =>
      isMember(place.node, "process", "env") ||
      isMember(place.node, "globalThis", "process") ||
      isMetaEnv(place.node) ||
      (isGlobal(place, bound, ["process"]) && !isMemberObject(place)),
    why: "reads the environment. lib/platform/env does that once, checked and typed: take the value as an argument.",
  },
  {
    // Those that listen run in the browser, whose policy lets them reach nothing but this server.
    forbiddenIn: (file) => !file.startsWith("lib/egress/") && !IN_BROWSER.includes(file),
    isAct: (place, bound) =>
      isGlobal(place, bound, ["fetch", "WebSocket", "EventSource", "XMLHttpRequest"]) ||
      isMember(place.node, "globalThis", "fetch"),
    why: "goes to the network directly. Every byte that leaves goes through lib/egress: take its guarded fetch as an argument.",
  },
  {
    forbiddenIn: inLib,
    isAct: (place, bound) => isGlobal(place, bound, ["console"]),
    why: "writes to the console. Logs are structured and redacted: take a Log of lib/platform/log as an argument.",
  },
  {
    forbiddenIn: everywhere,
    isAct: ({ node }) => turnsOffCertificates(node),
    why: "switches the check of certificates off. Trust another authority with NODE_EXTRA_CA_CERTS instead.",
  },
  {
    forbiddenIn: inExtension,
    isAct: (place, bound) =>
      isGlobal(place, bound, [
        "setTimeout",
        "setInterval",
        "queueMicrotask",
        "performance",
        "crypto",
        "globalThis",
      ]) ||
      isMember(place.node, "Date", "now") ||
      isMember(place.node, "Math", "random") ||
      isNow(place.node),
    why: "uses the clock, randomness or the machine. lib/extension is pure: take the value as an argument.",
  },
  {
    forbiddenIn: inLib,
    isAct: (place) => isModuleState(place),
    why: "keeps state in the module, of which two copies are loaded. Use lib/platform/singleton, or a value that is passed on.",
  },
  {
    forbiddenIn: (file) => file.endsWith(".tsx"),
    isAct: isRawPublisherText,
    why: "renders a text of a publisher or person as it is. Put it into <bdi>, or ForeignText where hidden characters matter.",
  },
];

function isMemberObject({ holder, key }: Place): boolean {
  return (
    holder?.node.type === "MemberExpression" && key === "object" && literalProperty(holder.node) !== undefined
  );
}

function isMember(node: Node, object: string, property: string): boolean {
  if (node.type !== "MemberExpression") return false;
  const holder = childOf(node, "object");
  return textOf(holder) === object && holder?.type === "Identifier" && literalProperty(node) === property;
}

function literalProperty(node: Node): string | undefined {
  const property = childOf(node, "property");
  return node.computed === true && property?.type === "Identifier" ? undefined : textOf(property);
}

function isMetaEnv(node: Node): boolean {
  return (
    node.type === "MemberExpression" &&
    childOf(node, "object")?.type === "MetaProperty" &&
    literalProperty(node) === "env"
  );
}

function turnsOffCertificates(node: Node): boolean {
  if (textOf(node) === "NODE_TLS_REJECT_UNAUTHORIZED") return true;
  if (node.type !== "Property" || textOf(childOf(node, "key")) !== "rejectUnauthorized") return false;
  return childOf(node, "value")?.value !== true;
}

/** `new Date()` and `Date()`; with an argument a date is only a value. */
function isNow(node: Node): boolean {
  const callee = textOf(childOf(node, "callee"));
  if (callee !== "Date") return false;
  return node.type === "CallExpression" || childrenOf(node, "arguments").length === 0;
}

/** A top-level variable, or a top-level container that starts empty and so is there to be filled. */
function isModuleState({ node, holder, key }: Place): boolean {
  const exported = holder?.node.type === "ExportNamedDeclaration" && key === "declaration";
  const atTop = holder?.node.type === "Program" || exported;
  if (!atTop || node.type !== "VariableDeclaration" || node.declare === true) return false;
  return (
    node.kind !== "const" || childrenOf(node, "declarations").some((one) => startsEmpty(childOf(one, "init")))
  );
}

function startsEmpty(value: Node | undefined): boolean {
  switch (value?.type) {
    case "NewExpression":
      return (
        ["Map", "Set", "WeakMap", "WeakSet"].includes(textOf(childOf(value, "callee")) ?? "") &&
        childrenOf(value, "arguments").length === 0
      );
    case "ArrayExpression":
      return childrenOf(value, "elements").length === 0;
    case "ObjectExpression":
      return childrenOf(value, "properties").length === 0;
    default:
      return false;
  }
}
