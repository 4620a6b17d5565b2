export type CannedReason = { title: string; text: string };

/** Beginnings of what reviewers write most often; each says what is wrong and what to do. */
export const CANNED_REASONS: Record<"request_changes" | "decline", readonly CannedReason[]> = {
  request_changes: [
    {
      title: "Say what it does",
      text: "The description does not say what the extension does for its users. Please write one or two sentences into org.opencontainers.image.description and push a new version.",
    },
    {
      title: "Explain a capability",
      text: "The extension asks for more than its description explains. Please reply with what it needs this for, or leave it out and push again.",
    },
    {
      title: "Support both architectures",
      text: "Please push the image for linux/amd64 and linux/arm64 with docker buildx build --platform=linux/amd64,linux/arm64 --push.",
    },
    {
      title: "Fix links or pictures",
      text: "A link, the icon or a screenshot does not lead to what it promises. Please correct it and push again.",
    },
  ],
  decline: [
    {
      title: "Not your image",
      text: "You do not seem to be the publisher of this image. Ask its owner to submit it.",
    },
    {
      title: "Not for this marketplace",
      text: "This extension does something that this marketplace does not offer to its users.",
    },
    {
      title: "Too much access",
      text: "The extension asks for access to the host that its purpose does not call for.",
    },
    { title: "Replaced", text: "Another extension here already does this for our users." },
  ],
};

/** What a reviewer picked and wrote, as one text; picked words are not said twice. */
export function composedReason(picked: string, written: string): string {
  const text = written.trim();
  if (picked === "" || text.includes(picked)) return text;
  return text === "" ? picked : `${picked}\n\n${text}`;
}
