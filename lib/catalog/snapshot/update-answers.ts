/**
 * What the update check has answered, as JSON: by who asked, the repository as it was spelled, and the version. All of
 * it is forgotten when it has grown too large, and with the snapshot that it was made of.
 */
export class UpdateAnswers {
  private readonly byAsker = new Map<string, AskerAnswers>();
  private characters = 0;

  constructor(private readonly charactersMax: number) {}

  /** `name` is equal for askers that get the same answers. */
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

/** For an asker whose answers are not worth keeping beyond this request. */
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

/** What an entry takes besides its texts, about. */
const ENTRY_CHARACTERS = 300;

/** A tag holds no space. */
function versionKey(tag: string, digest: string | undefined): string {
  return digest === undefined ? tag : `${tag} ${digest}`;
}
