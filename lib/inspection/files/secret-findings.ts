import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import { findSecrets } from "@/lib/extension/secrets/find-secrets";
import { visible } from "@/lib/extension/text/quoted";
import type { PlatformImage } from "@/lib/inspection/image/platform-images";

/** A text in the image. `place` names its location, as part of a sentence. */
type Place = { place: string; text: string };

/**
 * Reports each secret in the environment, labels and build history of any platform, and in `files`. A secret in
 * several places is reported once, for the first place. The finding never contains the secret.
 */
export function secretFindings(images: readonly PlatformImage[], files: readonly Place[]): Finding[] {
  const seen = new Set<string>();
  const places = [...images.flatMap(placesOf), ...files];
  return places.flatMap(({ place, text }) =>
    findSecrets(text).flatMap(({ kind, words, start, end }) => {
      const secret = text.slice(start, end);
      if (seen.has(secret)) return [];
      seen.add(secret);
      return [makeFinding("secret_found", { kind, what: words, place: placed(place, text, start) })];
    }),
  );
}

function placesOf({ environment, labels, history }: PlatformImage): Place[] {
  return [
    ...environment.map((text) => ({ place: `the environment variable ${nameIn(text)}`, text })),
    ...Object.entries(labels).map(([name, text]) => ({ place: `the label ${visible(name, 100)}`, text })),
    ...history.map((text, index) => ({ place: `step ${index + 1} of the build history`, text })),
  ];
}

function nameIn(variable: string): string {
  return visible(variable.split("=")[0] ?? "", 100);
}

/** The place with the line number, if the text has several lines. */
function placed(place: string, text: string, at: number): string {
  if (!text.includes("\n")) return place;
  return `${place}, line ${text.slice(0, at).split("\n").length}`;
}
