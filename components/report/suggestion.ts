/** What follows the last colon of a sentence and begins like a Dockerfile line or a command. */
const TO_TYPE =
  /^(.*[^:\s]):\s+((?:LABEL|COPY|RUN|FROM|ARG|ENV|jq|docker (?:buildx|build|extension|push|pull|tag))\s.*)$/s;

export type SuggestionParts = {
  /** The sentence; with `command`, the part before it, which ends in a colon. */
  text: string;
  /** What to type or to put into the Dockerfile, as it is. */
  command: string | undefined;
};

/** Takes the line that fixes a finding out of its sentence, so that it can be shown as code and copied. */
export function suggestionParts(suggestion: string): SuggestionParts {
  const [, text, command] = TO_TYPE.exec(suggestion) ?? [];
  if (text === undefined || command === undefined) return { text: suggestion, command: undefined };
  return { text: `${text}:`, command };
}
