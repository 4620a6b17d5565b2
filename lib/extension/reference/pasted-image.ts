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

/** An image as people paste it, taken apart but not yet checked. Tag and digest may be empty text. */
export type PastedImage = { name: string; tag?: string; digest?: string };

/** Longest text that is looked at, in characters. */
const MAX_PASTED_CHARACTERS = 2048;

const EXAMPLE = "Give the image repository, such as acme/disk-lens or ghcr.io/acme/disk-lens.";
const UNPRINTABLE_CHARACTER = new RegExp(`[${UNPRINTABLE}]`, "u");
/** Tabs and line breaks, with the backslash that continues a command on the next line. */
const LINE_BREAKS = /\\?[\t\r\n]+/g;
const WRAPPERS = /^["'`“”‘’<(]+|["'`“”‘’>),;]+$/g;
const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;

/**
 * Takes apart whatever names one image: `acme/disk-lens:1.0.0@sha256:…`, a `docker pull …` or
 * `docker extension install …` line, a Docker Hub page, an open.docker.com or docker-desktop:// link, the address
 * of a registry. Throws `repository_invalid` when it names none.
 */
export function readPastedImage(text: string): PastedImage {
  if (text.length > MAX_PASTED_CHARACTERS)
    throw refuse(text, "it is far too long for an image name", EXAMPLE);
  const trimmed = unwrap(text.replace(LINE_BREAKS, " "));
  if (trimmed === "") throw refuse(text, "it is empty", EXAMPLE);
  if (UNPRINTABLE_CHARACTER.test(trimmed)) {
    throw refuse(text, "it holds control characters or invisible characters", "Type the name by hand.");
  }
  const word = imageWord(trimmed);
  const scheme = SCHEME.exec(word)?.[1]?.toLowerCase();
  return scheme === undefined ? readSchemeless(word) : readAddress(word, scheme);
}

function unwrap(text: string): string {
  return text.trim().replace(WRAPPERS, "").trim();
}

/** The one word that names the image, out of a command line where there is one. */
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
    throw refuse(text, "it holds more than one word and is no command that names an image", EXAMPLE);
  const args = words.slice(match[0].trim().split(" ").length);
  const images = args.filter(
    (word, index) => !word.startsWith("-") && !OPTIONS_WITH_VALUE.has(args[index - 1] ?? ""),
  );
  const [image] = images;
  if (image === undefined || images.length > 1) {
    throw refuse(
      text,
      `the command names ${images.length === 0 ? "no image" : "more than one thing"}`,
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
  if (url === undefined) throw refuse(word, "it is not a readable address", EXAMPLE);
  if (url.username !== "" || url.password !== "") {
    throw new AppError("repository_invalid", "The address holds a user name or password.", {
      suggestion: "Leave them out; credentials for a registry are set up by an admin.",
    });
  }
  switch (scheme) {
    case "docker-desktop":
      return fromPage(word, extensionLink(url));
    case "http":
    case "https":
      return isImagePage(url) ? fromPage(word, imageOfPage(url)) : fromRegistry(word, url);
    default:
      throw refuse(word, `${scheme}:// does not lead to an image`, EXAMPLE);
  }
}

function fromRegistry(word: string, url: URL): PastedImage {
  if (!looksLikeHost(url.host)) {
    // Without the scheme it would read as a namespace on Docker Hub.
    throw refuse(
      word,
      `the host ${quoted(url.host)} has neither a dot nor a port`,
      "Give the registry's full name.",
    );
  }
  return split(`${url.host}${url.pathname}`);
}

function fromPage(word: string, image: LinkedImage | undefined): PastedImage {
  if (image === undefined) throw refuse(word, "this page is not about one image repository", EXAMPLE);
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
  return new AppError("repository_invalid", `${quoted(shown)} is not an image repository: ${why}.`, {
    suggestion,
  });
}
