import type { ExtensionSummary } from "@/lib/catalog/documents";

/** The texts of an extension that a search looks into, folded. */
export type SearchText = { title: string; repository: string; rest: string };

/** Makes texts that people take for the same equal: letter case, width and accents do not count. */
export function foldText(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

export function searchTextOf({ title, repository, description, vendor }: ExtensionSummary): SearchText {
  return {
    title: foldText(title ?? ""),
    repository: foldText(repository),
    rest: foldText(`${vendor ?? ""} ${description ?? ""}`),
  };
}

/** The words of a query, folded; each has to occur somewhere. */
export function searchTerms(query: string): string[] {
  return [...new Set(foldText(query).split(/\s+/))].filter((term) => term !== "");
}

/** 0 when a term is missing; otherwise more for hits in the title than in the name than elsewhere. */
export function scoreOf(text: SearchText, terms: readonly string[]): number {
  let score = 0;
  for (const term of terms) {
    const hit = scoreOfTerm(text, term);
    if (hit === 0) return 0;
    score += hit;
  }
  return score;
}

function scoreOfTerm({ title, repository, rest }: SearchText, term: string): number {
  if (title === term) return 8;
  if (title.startsWith(term)) return 6;
  if (title.includes(term)) return 4;
  if (repository.includes(term)) return 2;
  return rest.includes(term) ? 1 : 0;
}
