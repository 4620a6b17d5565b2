import type { Template } from "@/components/ui/template-textarea";

/** Templates for the most common reasons; each says what is wrong and what to change. */
export const REASON_TEMPLATES: Record<"request_changes" | "decline", readonly Template[]> = {
  request_changes: [
    {
      title: "Describe the extension",
      text: "The description doesn’t say what the extension does for its users. Please describe it in one or two sentences in org.opencontainers.image.description and push a new version.",
    },
    {
      title: "Explain a capability",
      text: "The extension requests access that its description doesn’t explain. Please reply with why it needs this, or remove it and push a new version.",
    },
    {
      title: "Support both architectures",
      text: "Please push the image for linux/amd64 and linux/arm64 with docker buildx build --platform=linux/amd64,linux/arm64 --push.",
    },
    {
      title: "Fix links or images",
      text: "A link, the icon or a screenshot is broken or shows the wrong content. Please fix it and push a new version.",
    },
  ],
  decline: [
    {
      title: "Not your image",
      text: "We couldn’t confirm that you publish this image. Please ask its owner to submit it.",
    },
    {
      title: "Not for this marketplace",
      text: "This marketplace doesn’t offer extensions of this kind.",
    },
    {
      title: "Too much access",
      text: "The extension requests access to the host that its purpose doesn’t require.",
    },
    { title: "Already covered", text: "We already list an extension that does this." },
  ],
};

/** The template and the reviewer's text as one reason, without repeating the template. */
export function composedReason(picked: string, written: string): string {
  const text = written.trim();
  if (picked === "" || text.includes(picked)) return text;
  return text === "" ? picked : `${picked}\n\n${text}`;
}
