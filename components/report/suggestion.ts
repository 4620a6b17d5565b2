/** A Dockerfile line or command after the last colon of a sentence. */
const TO_TYPE =
  /^(.*[^:\s]):\s+((?:LABEL|COPY|RUN|FROM|ARG|ENV|jq|magick|gunzip|docker (?:buildx|build|extension|push|pull|tag))\s.*)$/s;

export type SuggestionParts = {
  /** The sentence; with a `command`, the part before it, which ends in a colon. */
  text: string;
  /** What to type or put into the Dockerfile. */
  command: string | undefined;
};

/** Separates the fix from its sentence, so that it can be shown as code and copied. */
export function suggestionParts(suggestion: string): SuggestionParts {
  const [, text, command] = TO_TYPE.exec(suggestion) ?? [];
  if (text === undefined || command === undefined) return { text: suggestion, command: undefined };
  return { text: `${text}:`, command };
}
