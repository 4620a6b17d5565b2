/** Tokens that created tokens. A child never outlives its parent: it ends no later, and is revoked with it. */

type Member = { id: string; parentId: string | null };

/** The tokens that `id` created, and those that they created, among `tokens`. */
export function descendantsOf<Token extends Member>(id: string, tokens: readonly Token[]): Token[] {
  const found = new Set<Token>();
  const line = [id];
  for (let parent = line.pop(); parent !== undefined; parent = line.pop()) {
    for (const token of tokens) {
      if (token.parentId !== parent || token.id === id || found.has(token)) continue;
      found.add(token);
      line.push(token.id);
    }
  }
  return [...found];
}
