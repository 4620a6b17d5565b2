import { addEffect, listItems, type Scan, textAt, wrongShape } from "@/lib/extension/compose/scan";
import { isYamlMap, type YamlMap, type YamlValue } from "@/lib/extension/compose/yaml/yaml-value";

/** `ports` of a service, as published on the host. */
export function readPorts(scan: Scan, value: YamlValue | undefined, at: string): void {
  for (const { item, at: place } of listItems(scan, value, at)) {
    if (typeof item === "string") readShortPort(scan, item, place);
    else if (isYamlMap(item)) readLongPort(scan, item, place);
    else wrongShape(scan, place, item);
  }
}

/** Parses `[[address:]published:]target[/protocol]`; an IPv6 address is in square brackets. */
function readShortPort(scan: Scan, text: string, at: string): void {
  const [rest = "", protocol = "tcp", ...more] = text.split("/");
  const found = /^(?:(?:(\[[^\]]*\]|[^:[\]]*):)?([^:[\]]*):)?([^:[\]]+)$/.exec(rest);
  if (found === null || more.length > 0) {
    wrongShape(scan, at, text);
    return;
  }
  const [, address = "", published = "", target = ""] = found;
  add(scan, { address, published, target, protocol }, at);
}

function readLongPort(scan: Scan, port: YamlMap, at: string): void {
  const text = (key: string) => textAt(scan, port, key, at);
  const [target = "", published = "", address = "", protocol = "tcp"] = [
    text("target"),
    text("published"),
    text("host_ip"),
    text("protocol"),
  ];
  if (target === "") {
    wrongShape(scan, at, port);
    return;
  }
  add(scan, { address, published, target, protocol }, at);
}

type Port = { address: string; published: string; target: string; protocol: string };

function add(scan: Scan, { address, published, target, protocol }: Port, at: string): void {
  const host = published === "" || published === "0" ? `any port for ${target}` : published;
  const everywhere = ["", "0.0.0.0", "[::]", "::"].includes(address);
  const kind = protocol === "tcp" ? "" : `/${protocol}`;
  addEffect(scan, "publishedPorts", `${everywhere ? "" : `${address}:`}${host}${kind}`, at);
}
