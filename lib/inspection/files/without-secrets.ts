import { maskSecrets } from "@/lib/extension/secrets/find-secrets";

/** No known kind of secret is shorter. */
const MIN_CHARACTERS = 16;

/**
 * Masks every secret in a report or part of one: in labels, metadata.json and all other texts that are stored and
 * served. The result has the input's type, because the input is plain JSON and only characters inside its texts
 * change.
 */
export function withoutSecrets<Part extends object>(part: Part): Part {
  return JSON.parse(JSON.stringify(part), (_, value: unknown) =>
    typeof value === "string" && value.length >= MIN_CHARACTERS ? maskSecrets(value) : value,
  );
}
