/** Phrases that read like a translation, each with what a native writer puts there. */

export type ForbiddenPhrase = {
  pattern: RegExp;
  instead: string;
  /** Also an ordinary word of fixtures and test names, such as the user nobody: tests may use it. */
  testsMayUse?: true;
};

export const FORBIDDEN_PHRASES: readonly ForbiddenPhrase[] = [
  {
    pattern: /\banew\b|\bafresh\b/i,
    instead: "again, or the verb alone: reload, export again, recreate",
    testsMayUse: true,
  },
  { pattern: /\bfor ever\b/i, instead: "forever, permanently, without limit" },
  {
    pattern: /\b(?:is|are|was|were) told\b/i,
    instead: "say who tells whom: Gantry notifies the publisher",
    testsMayUse: true,
  },
  {
    pattern: /\b(?:is|are|was|were) asked\b/i,
    instead: "say who asks: Gantry requests, the registry receives",
    testsMayUse: true,
  },
  { pattern: /\bwhoever\b/i, instead: "anyone who, a client that" },
  {
    pattern: /\bnobody\b|\bsomebody\b/i,
    instead: "no one, someone, or the person meant: a reviewer",
    testsMayUse: true,
  },
  {
    pattern: /\bso (?:many|much|long|large|small) (?!as\b|that\b)/i,
    instead: "at most 50, up to 5 minutes",
    testsMayUse: true,
  },
  { pattern: /\bthere is nothing to do\b/i, instead: "No action needed" },
  { pattern: /\b(?:cannot|can't|can not) be had\b/i, instead: "is not available" },
  { pattern: /\bby the word of\b/i, instead: "issued by, according to" },
  { pattern: /\bby (?:itself|themselves)\b/i, instead: "automatically, on its own" },
  { pattern: /\be-mails?\b/i, instead: "email" },
  { pattern: /\bare to be had\b|\bis to be had\b/i, instead: "is available" },
  { pattern: /\bdecid(?:e|es|ed|ing) about\b/i, instead: "decide on" },
  { pattern: /\blies? in the (?:past|future)\b/i, instead: "is in the past, has passed" },
  { pattern: /\bweb sites?\b/i, instead: "website" },
  { pattern: /\bneeds? a person\b/i, instead: "requires a review, waits for a reviewer" },
  { pattern: /\b(?:is|was) looked at\b/i, instead: "is reviewed, is inspected", testsMayUse: true },
  {
    pattern:
      /(?:normalis|sanitis|organis|recognis|initialis|prioritis|authoris|summaris|serialis|optimis(?:e|ing|ation)|behaviour|colour|catalogue|cancelled|favour|neighbour)/i,
    instead: "American spelling",
  },
];

export type FoundPhrase = { line: number; text: string; instead: string };

/** Every forbidden phrase in `text`. Identifiers count too: a name is read as often as a sentence. */
export function forbiddenPhrases(text: string, { isTest = false } = {}): FoundPhrase[] {
  const phrases = FORBIDDEN_PHRASES.filter(({ testsMayUse }) => !(isTest && testsMayUse));
  return text.split("\n").flatMap((content, index) =>
    phrases.flatMap(({ pattern, instead }) => {
      const found = pattern.exec(content);
      return found === null ? [] : [{ line: index + 1, text: found[0], instead }];
    }),
  );
}
