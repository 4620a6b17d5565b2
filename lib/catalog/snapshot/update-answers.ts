/**
 * Caches update-check results as JSON by client, repository as spelled, and version. Cleared completely when it grows
 * too large, and dropped with its snapshot.
 */
export class UpdateAnswers {
  private readonly byAsker = new Map<string, AskerAnswers>();
  private characters = 0;

  constructor(private readonly charactersMax: number) {}

  /** `name` is equal for clients that get the same results. */
  of(name: string): AskerAnswers {
    let answers = this.byAsker.get(name);
    if (answers === undefined) {
      this.count(ENTRY_CHARACTERS);
      answers = new AskerAnswers((characters) => this.count(characters));
      this.byAsker.set(name, answers);
    }
    return answers;
  }

  private count(characters: number): void {
    this.characters += characters;
    if (this.characters <= this.charactersMax) return;
    this.byAsker.clear();
    this.characters = 0;
  }
}

/** For a client whose results are not worth caching beyond the request. */
export function passingAnswers(): AskerAnswers {
  return new AskerAnswers(() => undefined);
}

export class AskerAnswers {
  private readonly byRepository = new Map<string, Map<string, string>>();

  constructor(private readonly grow: (characters: number) => void) {}

  get(repository: string, tag: string, digest: string | undefined): string | undefined {
    return this.byRepository.get(repository)?.get(versionKey(tag, digest));
  }

  set(repository: string, tag: string, digest: string | undefined, answer: string): void {
    let versions = this.byRepository.get(repository);
    if (versions === undefined) {
      versions = new Map();
      this.byRepository.set(repository, versions);
    }
    versions.set(versionKey(tag, digest), answer);
    this.grow(repository.length + answer.length + ENTRY_CHARACTERS);
  }
}

/** Approximate overhead of an entry besides its strings. */
const ENTRY_CHARACTERS = 300;

/** A tag cannot contain a space. */
function versionKey(tag: string, digest: string | undefined): string {
  return digest === undefined ? tag : `${tag} ${digest}`;
}
