import {
  addEffect,
  listItems,
  notUnderstood,
  type Scan,
  textAt,
  textItems,
  wrongShape,
} from "@/lib/extension/compose/scan";
import { isYamlMap, placeIn, type YamlMap, type YamlValue } from "@/lib/extension/compose/yaml/yaml-value";

/** `devices` (`source[:target[:rights]]`, an object, or a CDI name) and `device_cgroup_rules`. */
export function readDevices(scan: Scan, value: YamlValue, at: string): void {
  for (const { item, at: place } of listItems(scan, value, at)) {
    if (typeof item === "string")
      addEffect(scan, "devices", item.startsWith("/") ? (item.split(":")[0] ?? item) : item, place);
    else if (isYamlMap(item)) readDevice(scan, item, place);
    else wrongShape(scan, place, item);
  }
}

function readDevice(scan: Scan, device: YamlMap, at: string): void {
  const source = textAt(scan, device, "source", at);
  if (source === undefined) wrongShape(scan, at, device);
  else addEffect(scan, "devices", source, at);
}

/** `gpus: all`, or a list of requests. */
export function readGpus(scan: Scan, value: YamlValue, at: string): void {
  if (typeof value === "string") {
    addEffect(scan, "devices", "GPU", at);
    return;
  }
  readRequests(scan, value, at, "gpu");
}

/** `deploy`: only reserved devices affect anything outside the container. */
export function readDeploy(scan: Scan, value: YamlValue, at: string): void {
  if (!isYamlMap(value)) {
    wrongShape(scan, at, value);
    return;
  }
  const resources = value.get("resources") ?? null;
  if (resources === null) return;
  if (!isYamlMap(resources)) {
    wrongShape(scan, placeIn(at, "resources"), resources);
    return;
  }
  const reservations = resources.get("reservations") ?? null;
  const place = `${at}.resources.reservations`;
  if (reservations === null) return;
  if (!isYamlMap(reservations)) {
    wrongShape(scan, place, reservations);
    return;
  }
  readRequests(scan, reservations.get("devices") ?? null, placeIn(place, "devices"), "device");
}

function readRequests(scan: Scan, value: YamlValue, at: string, kind: string): void {
  for (const { item, at: place } of listItems(scan, value, at)) {
    if (!isYamlMap(item)) {
      notUnderstood(scan, place);
      continue;
    }
    const capabilities = textItems(scan, item.get("capabilities"), placeIn(place, "capabilities")).map(
      ({ text }) => text,
    );
    const driver = textAt(scan, item, "driver", place);
    const words = capabilities.length === 0 ? [kind] : capabilities;
    addEffect(
      scan,
      "devices",
      [
        ...words.map((word) => (word === "gpu" ? "GPU" : word)),
        ...(driver === undefined ? [] : [`(${driver})`]),
      ].join(" "),
      place,
    );
  }
}
