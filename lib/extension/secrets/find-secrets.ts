import { SECRET_KINDS, type SecretKind } from "@/lib/extension/secrets/secret-kinds";

/** A secret in a text by its position: from `start` to `end`, exclusive. The secret itself is never repeated. */
export type FoundSecret = { kind: string; words: string; start: number; end: number };

/** Maximum secrets per text; a hostile one could contain a hundred thousand. */
const MAX_FOUND = 100;
/** Maximum length of text to scan. */
const MAX_CHARACTERS = 2 * 1024 * 1024;

/** Pre-filter: every secret has an assignment or URL, a long run of characters, or the header of a key. */
const HINT = /[:=]|[A-Za-z0-9/+_-]{20}|-----BEGIN/;

/** Finds the secrets in a text, in order and without nesting. The patterns bound the time. */
export function findSecrets(text: string): FoundSecret[] {
  if (!HINT.test(text)) return [];
  const looked = text.slice(0, MAX_CHARACTERS);
  const found: FoundSecret[] = [];
  for (const kind of SECRET_KINDS) {
    for (const secret of findKind(looked, kind)) {
      if (!found.some((other) => secret.start < other.end && other.start < secret.end)) found.push(secret);
      if (found.length >= MAX_FOUND) return inOrder(found);
    }
  }
  return inOrder(found);
}

/** Masks each secret in a text with the name of its kind. */
export function maskSecrets(text: string): string {
  let masked = "";
  let at = 0;
  for (const { words, start, end } of findSecrets(text)) {
    masked += `${text.slice(at, start)}[${words}, removed]`;
    at = end;
  }
  return masked + text.slice(at);
}

function* findKind(
  text: string,
  { kind, words, pattern, group = 0, isReal }: SecretKind,
): Generator<FoundSecret> {
  for (const match of text.matchAll(pattern)) {
    if (isReal !== undefined && !isReal(match)) continue;
    const secret = match[group] ?? match[0];
    const start = match.index + match[0].lastIndexOf(secret);
    yield { kind, words, start, end: start + secret.length };
  }
}

function inOrder(found: FoundSecret[]): FoundSecret[] {
  return found.sort((a, b) => a.start - b.start);
}
