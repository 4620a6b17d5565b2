import { parseArgs } from "node:util";
import { parseReference, type Reference } from "@/lib/extension/reference/reference";
import type { LayoutPlace } from "@/lib/registry/layout/layout";
import { UsageError } from "@/scripts/gantry/command";

const PRESETS = ["sdk", "docker"] as const;
export type Preset = (typeof PRESETS)[number];

export type InspectArguments = {
  /** As given, for display in the report. */
  text: string;
  source: { kind: "registry"; reference: Reference } | { kind: "layout"; place: LayoutPlace };
  json: boolean;
  preset: Preset;
  /** In the format of GANTRY_REGISTRIES. Undefined: the environment's value, or the reference's own registry. */
  registries: string | undefined;
};

/** Throws `UsageError`, and what `parseReference` throws. */
export function inspectArguments(args: readonly string[]): InspectArguments {
  const { values, positionals } = parsed(args);
  const text = positionals.join(" ").trim();
  if (text === "")
    throw new UsageError("Name an image: acme/disk-lens:1.0.0, oci:DIR or oci-archive:FILE.tar.");
  const preset = PRESETS.find((each) => each === (values.preset ?? "sdk"));
  if (preset === undefined) throw new UsageError(`--preset must be one of ${PRESETS.join(", ")}.`);
  const { json = false, registries } = values;
  return { text, source: sourceOf(text), json, preset, registries };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: "boolean" },
        preset: { type: "string" },
        registries: { type: "string" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split(". ", 1)[0] ?? "") : String(error));
  }
}

const LAYOUTS = { "oci:": "folder", "oci-archive:": "archive" } as const;

/** `oci://host/…` is a registry URL in Helm's notation, not a layout. */
function sourceOf(text: string): InspectArguments["source"] {
  for (const [prefix, kind] of Object.entries(LAYOUTS)) {
    if (text.startsWith(prefix) && !text.startsWith("oci://")) {
      return { kind: "layout", place: { kind, ...pathAndTag(text.slice(prefix.length)) } };
    }
  }
  return { kind: "registry", reference: parseReference(text) };
}

/** The last colon separates the tag, unless a slash follows it or it belongs to a drive letter (`C:\image.tar`). */
function pathAndTag(text: string): { path: string; tag: string | undefined } {
  const [, path, tag] = /^(.{2,}):([^:/\\]+)$/s.exec(text) ?? [];
  const place = path === undefined ? { path: text, tag: undefined } : { path, tag };
  if (place.path === "")
    throw new UsageError("Give the path of the layout: oci:DIR or oci-archive:FILE.tar.");
  return place;
}
