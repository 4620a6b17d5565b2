import { maskSecrets } from "@/lib/extension/secrets/find-secrets";

/** Shorter texts hold no secret that is known. */
const MIN_CHARACTERS = 16;

/**
 * A report, or a part of one, with every secret in it replaced by words: labels, metadata.json and all else that is stored
 * and served. The result has the type of the input because that is plain JSON and only characters inside its texts change.
 */
export function withoutSecrets<Part extends object>(part: Part): Part {
  return JSON.parse(JSON.stringify(part), (_, value: unknown) =>
    typeof value === "string" && value.length >= MIN_CHARACTERS ? maskSecrets(value) : value,
  );
}
