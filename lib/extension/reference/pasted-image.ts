import {
  extensionLink,
  imageOfPage,
  isImagePage,
  type LinkedImage,
} from "@/lib/extension/labels/web-address";
import { looksLikeHost } from "@/lib/extension/reference/registry-host";
import { UNPRINTABLE } from "@/lib/extension/text/hidden-characters";
import { quoted } from "@/lib/extension/text/quoted";
import { AppError } from "@/lib/platform/errors";

/** A pasted image reference in parts, not validated yet. Tag and digest can be empty. */
export type PastedImage = { name: string; tag?: string; digest?: string };

/** Maximum input length in characters. */
const MAX_PASTED_CHARACTERS = 2048;

const EXAMPLE = "Use an image name such as acme/disk-lens:1.0.0 or ghcr.io/acme/disk-lens.";
const UNPRINTABLE_CHARACTER = new RegExp(`[${UNPRINTABLE}]`, "u");
/** Tabs and line breaks, with the backslash that continues a command on the next line. */
const LINE_BREAKS = /\\?[\t\r\n]+/g;
const WRAPPERS = /^["'`“”‘’<(]+|["'`“”‘’>),;]+$/g;
const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;

/**
 * Parses any text that names one image: `acme/disk-lens:1.0.0@sha256:…`, a `docker pull …` or `docker extension
 * install …` command, a Docker Hub page, an open.docker.com or docker-desktop:// link, or a registry URL. Throws
 * `repository_invalid` when it names none.
 */
export function readPastedImage(text: string): PastedImage {
  if (text.length > MAX_PASTED_CHARACTERS) throw refuse(text, "it is too long", EXAMPLE);
  const trimmed = unwrap(text.replace(LINE_BREAKS, " "));
  if (trimmed === "") throw refuse(text, "it is empty", EXAMPLE);
  if (UNPRINTABLE_CHARACTER.test(trimmed)) {
    throw refuse(
      text,
      "it contains control characters or invisible characters",
      "Type the name instead of pasting it.",
    );
  }
  const word = imageWord(trimmed);
  const scheme = SCHEME.exec(word)?.[1]?.toLowerCase();
  return scheme === undefined ? readSchemeless(word) : readAddress(word, scheme);
}

function unwrap(text: string): string {
  return text.trim().replace(WRAPPERS, "").trim();
}

/** Extracts the word that names the image from a command line. */
function imageWord(text: string): string {
  const words = text.split(/\s+/).map(unwrap);
  const [first = "", ...rest] = words;
  if (rest.length === 0) return first;
  const command = /^(?:[$#>%]|sudo)$/.test(first) ? rest : words;
  return commandArgument(text, command);
}

const COMMANDS =
  /^(?:(?:docker|podman|nerdctl)(?:\.exe)? (?:image )?(?:pull|push)|(?:docker|rdctl)(?:\.exe)? extension [a-z]+) /i;
/** Options of these commands whose value is the next word. */
const OPTIONS_WITH_VALUE = new Set(["--platform", "--creds", "--authfile", "--tag", "-t"]);

function commandArgument(text: string, words: string[]): string {
  const match = COMMANDS.exec(`${words.join(" ")} `);
  if (match === null)
    throw refuse(text, "it has more than one word and is not a command that names an image", EXAMPLE);
  const args = words.slice(match[0].trim().split(" ").length);
  const images = args.filter(
    (word, index) => !word.startsWith("-") && !OPTIONS_WITH_VALUE.has(args[index - 1] ?? ""),
  );
  const [image] = images;
  if (image === undefined || images.length > 1) {
    throw refuse(
      text,
      `the command names ${images.length === 0 ? "no image" : "more than one image"}`,
      EXAMPLE,
    );
  }
  return image;
}

function readSchemeless(word: string): PastedImage {
  if (!/^(?:www\.)?(?:hub|open)\.docker\.com\/|^quay\.io\/repository\/|^github\.com\//i.test(word))
    return split(word);
  return readAddress(`https://${word}`, "https");
}

function readAddress(word: string, scheme: string): PastedImage {
  if (scheme === "docker" || scheme === "oci") return split(word.slice(scheme.length + 3));
  const url = URL.canParse(word) ? new URL(word) : undefined;
  if (url === undefined) throw refuse(word, "it is not a valid URL", EXAMPLE);
  if (url.username !== "" || url.password !== "") {
    throw new AppError("repository_invalid", "The URL contains a user name or password.", {
      suggestion: "Remove them. An admin can configure credentials for a registry.",
    });
  }
  switch (scheme) {
    case "docker-desktop":
      return fromPage(word, extensionLink(url));
    case "http":
    case "https":
      return isImagePage(url) ? fromPage(word, imageOfPage(url)) : fromRegistry(word, url);
    default:
      throw refuse(word, `${scheme}:// URLs do not point to images`, EXAMPLE);
  }
}

function fromRegistry(word: string, url: URL): PastedImage {
  if (!looksLikeHost(url.host)) {
    // Without the scheme it would look like a namespace on Docker Hub.
    throw refuse(
      word,
      `the host ${quoted(url.host)} has neither a dot nor a port`,
      "Use the registry's full host name.",
    );
  }
  return split(`${url.host}${url.pathname}`);
}

function fromPage(word: string, image: LinkedImage | undefined): PastedImage {
  if (image === undefined)
    throw refuse(word, "the page does not belong to a single image repository", EXAMPLE);
  const { name, tag, digest } = split(image.name);
  return { name, tag: image.tag ?? tag, digest };
}

/** `name[:tag][@digest]`; a colon before the last slash belongs to a port. */
function split(word: string): PastedImage {
  const at = word.indexOf("@");
  const named = at < 0 ? word : word.slice(0, at);
  const digest = at < 0 ? undefined : word.slice(at + 1);
  const colon = named.lastIndexOf(":");
  const hasTag = colon > named.lastIndexOf("/");
  const name = hasTag ? named.slice(0, colon) : named;
  return { name: name.replace(/\/+$/, ""), tag: hasTag ? named.slice(colon + 1) : undefined, digest };
}

function refuse(text: string, why: string, suggestion: string): AppError {
  const shown = text.replace(/\/\/[^/@]*@/, "//…@");
  return new AppError("repository_invalid", `${quoted(shown)} is not an image name: ${why}.`, {
    suggestion,
  });
}
