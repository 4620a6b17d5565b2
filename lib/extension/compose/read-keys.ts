import { KEY_VERSIONS, type NewKeys } from "@/lib/extension/compose/keys/key-versions";
import { type KeyTree, PROJECT_KEYS, SERVICE_KEYS } from "@/lib/extension/compose/keys/known-keys";
import { reportUnknownKey, type Scan } from "@/lib/extension/compose/scan";
import { shown } from "@/lib/extension/compose/yaml/interpolation";
import { isYamlMap, placeIn, type YamlMap, type YamlValue } from "@/lib/extension/compose/yaml/yaml-value";

const SINCE = new Map(KEY_VERSIONS.map(({ key, since }) => [key, since]));

/** Reports unknown keys of a project, without its services and those in `explained`, and notes the new ones. */
export function readProjectKeys(scan: Scan, project: YamlMap, at: string, explained: Set<string>): void {
  for (const [key, item] of project)
    if (!explained.has(key)) readKey(scan, key, item, { keys: PROJECT_KEYS, path: "", at });
}

/** The same for a service, with everything that it extends. `extends` itself is already resolved. */
export function readServiceKeys(scan: Scan, service: YamlMap, at: string): void {
  readTree(scan, service, { keys: SERVICE_KEYS, path: "services.*", at });
}

/** A place in the file, and in the tree of known keys. */
type Place = { keys: KeyTree; path: string; at: string };

function readTree(scan: Scan, value: YamlValue, place: Place): void {
  scan.steps.spend();
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      readTree(scan, item, { ...place, at: `${place.at}[${index}]` });
    return;
  }
  if (!isYamlMap(value)) return;
  for (const [key, item] of value) readKey(scan, key, item, place);
}

function readKey(scan: Scan, key: string, item: YamlValue, { keys, path, at }: Place): void {
  const isAnyName = Object.hasOwn(keys, "*");
  const name = isAnyName ? "*" : key;
  const below = placeIn(at, key);
  if (!Object.hasOwn(keys, name)) {
    if (!key.startsWith("x-")) reportUnknownKey(scan, below);
    return;
  }
  const inTree = path === "" ? name : `${path}.${name}`;
  note(scan.newKeys, inTree, below);
  // Only the first word of a value counts: `every` in `every_12h`.
  if (typeof item === "string") note(scan.newKeys, `${inTree}=${item.split("_", 1)[0]}`, below);
  const subtree = keys[name];
  if (subtree !== null && subtree !== undefined)
    readTree(scan, item, { keys: subtree, path: inTree, at: below });
}

function note(newKeys: NewKeys, key: string, at: string): void {
  const since = SINCE.get(key);
  if (since === undefined) return;
  const known = newKeys.get(key);
  if (known === undefined) newKeys.set(key, { key, at: shown(at).slice(0, MAX_CHARACTERS), since, count: 1 });
  else known.count += 1;
}

const MAX_CHARACTERS = 300;
