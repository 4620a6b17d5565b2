const RAW_ON_GITHUB = "https://raw.githubusercontent.com/<owner>/<repository>/<branch>/<path>";
const LFS_ON_GITHUB = "https://media.githubusercontent.com/media/<owner>/<repository>/<branch>/<path>";
const OTHER_FORMAT = "Save it as PNG, JPEG, WebP or SVG, and use the URL of the new file.";
const AS_PNG = "or export the drawing as PNG";

/** What to change about an image that cannot be shown, by the reason. */
export const PICTURE_FIXES = {
  // The address.
  web_page:
    "Use the URL of the image itself, not of a page that shows it. In a browser, it must open the image and nothing else.",
  github_page: `Use the raw URL of the file: ${RAW_ON_GITHUB}. On GitHub, select Raw above the image. The repository must be public.`,
  gitlab_page: "Replace /-/blob/ in the URL with /-/raw/. The project must be public.",
  bitbucket_page: "Replace /src/ in the URL with /raw/. The repository must be public.",
  google_drive:
    "Google Drive shows a page around the image. Publish the file on a website or in a public Git repository, and use its URL there.",
  dropbox: "Replace dl=0 at the end of the Dropbox URL with raw=1, or publish the file on a website.",
  sharing_page:
    "This service shows a page around the image. Publish the file on a website or in a public Git repository, and use its URL there.",
  imgur_page:
    "Use the URL of the image itself, which begins with https://i.imgur.com/ and ends with .png or .jpg.",
  sign_in:
    "Publish the image where it opens without signing in, such as a website or a public Git repository.",
  not_found:
    "Check the path, the branch, and upper and lower case. Files in private repositories are not found, either: the URL must work in a private browser window.",
  not_public:
    "Make the file public: its URL must work in a private browser window, without signing in and from any network.",
  redirect: "Open the URL in a private browser window, and use the URL that the image has there.",
  private_address: "Publish the image at an https URL on the public internet, which works without a VPN.",
  // The file.
  empty: "Upload the file again: the server returns it without content.",
  too_large: "Make the file smaller: scale the image down, or save it as WebP.",
  git_lfs: `The URL returns a Git LFS pointer. Use ${LFS_ON_GITHUB}, or store the image in Git without LFS.`,
  ico: "Convert it to PNG, and use the URL of the new file: magick favicon.ico -resize 256x256 icon.png",
  other_format: OTHER_FORMAT,
  pdf: "Export the page as PNG or SVG, and use the URL of the new file.",
  compressed_svg: "Unpack the file and use the URL of the SVG: gunzip --stdout image.svgz > image.svg",
  not_an_image: "Use the URL of a PNG, JPEG, WebP, GIF or SVG file.",
  damaged: "Export and upload the image again: the file is incomplete or damaged.",
  too_many_pixels: "Scale the image down. Best are 2400 × 1600 pixels for screenshots, and SVG for icons.",
  copy_too_large: "Use an image with less detail, or scale it down.",
  // SVG.
  svg_script: `Remove scripts and event handlers such as onclick: save it as Plain SVG in Inkscape, ${AS_PNG}.`,
  svg_foreign_object: `Export it without foreignObject: in draw.io, turn off Formatted Text; in Mermaid, set htmlLabels to false; ${AS_PNG}.`,
  svg_media: `Remove video, audio, frames and objects from the SVG, ${AS_PNG}.`,
  svg_reference: `Embed the files that the SVG refers to: in Inkscape, Extensions, Images, Embed Images; ${AS_PNG}.`,
  svg_include: `Remove the entities and includes that load other files from the SVG, ${AS_PNG}.`,
  svg_stylesheet: `Move the styles into a style element of the SVG, and remove @import and xml-stylesheet; ${AS_PNG}.`,
  svg_complex: `Simplify it with npx svgo image.svg, ${AS_PNG}.`,
  svg_encoding: "Save the SVG in UTF-8.",
  svg_size: 'Give the svg element a size above 0, such as width="128" height="128" viewBox="0 0 128 128".',
  svg_invalid: "Open the SVG in a browser, and correct the error that it shows.",
} as const satisfies Record<string, string>;

export type PictureReason = keyof typeof PICTURE_FIXES;

/** Why an image cannot be shown. `why` is part of a sentence. */
export type PictureProblem = { reason: PictureReason; why: string };

/** The fix for the reason in a finding's evidence; undefined for findings that older releases stored. */
export function pictureFix(reason: unknown): string | undefined {
  const known: Readonly<Record<string, string>> = PICTURE_FIXES;
  return typeof reason === "string" && Object.hasOwn(known, reason) ? known[reason] : undefined;
}

/** The same for an icon file inside the image, which has no URL. */
export function iconFix(reason: unknown): string | undefined {
  return pictureFix(reason)
    ?.replace("Use the URL of a", "Use a")
    .replace(/, and use the URL of the new file/, ", and COPY the new file into the image")
    .replace("and use the URL of the SVG", "and COPY the SVG into the image")
    .replace("Export and upload the image again", "Export the icon again");
}
