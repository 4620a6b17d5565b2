/** Every image that cannot be shown gets a fix for its own reason. */

import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { makeFinding } from "@/lib/extension/findings/finding";
import {
  iconFix,
  PICTURE_FIXES,
  type PictureReason,
  pictureFix,
} from "@/lib/extension/findings/picture-fixes";
import { drawPicture } from "@/lib/media/drawing/draw-picture";
import { pageReason } from "@/lib/media/picture-page";
import { ICON } from "@/lib/media/picture-shape";

const hex = (text: string) => Buffer.from(text.padEnd(64, "0"), "hex");
const svg = (body: string) =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${body}</svg>`);
const image = () => sharp({ create: { width: 64, height: 64, channels: 3, background: "#369" } });

describe("a file", () => {
  test.each<[string, () => Uint8Array | Promise<Uint8Array>, PictureReason, RegExp]>([
    ["nothing", () => new Uint8Array(0), "empty", /empty/],
    ["a web page", () => Buffer.from("<!DOCTYPE html><title>x"), "web_page", /web page/],
    ["an ICO", () => hex("0000010001001010"), "ico", /an ICO file/],
    ["a cursor", () => hex("0000020001001010"), "ico", /an ICO file/],
    ["a BMP", () => hex("424d36"), "other_format", /a BMP image/],
    ["a TIFF", () => image().tiff().toBuffer(), "other_format", /a TIFF image/],
    ["an AVIF", () => image().avif().toBuffer(), "other_format", /an AVIF image/],
    ["a PSD", () => Buffer.from("8BPS\0\u0001"), "other_format", /Photoshop/],
    ["a HEIC", () => hex("000000186674797068656963"), "other_format", /HEIC/],
    ["a JPEG XL", () => hex("ff0a"), "other_format", /JPEG XL/],
    ["a video", () => hex("000000186674797069736f6d"), "other_format", /a video/],
    ["a PDF", () => Buffer.from("%PDF-1.7"), "pdf", /PDF/],
    ["an svgz", () => hex("1f8b08"), "compressed_svg", /compressed/],
    [
      "a Git LFS pointer",
      () => Buffer.from("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"),
      "git_lfs",
      /Git LFS/,
    ],
    ["text", () => Buffer.from('{"message": "Not Found"}'), "not_an_image", /not an SVG/],
    ["a cut PNG", async () => (await image().png().toBuffer()).subarray(0, 60), "damaged", /./],
    ["a script", () => svg("<script/>"), "svg_script", /script/],
    ["an event handler", () => svg('<rect onclick="x"/>'), "svg_script", /event handler/],
    ["foreign content", () => svg("<foreignObject/>"), "svg_foreign_object", /foreignObject/],
    ["a frame", () => svg("<iframe/>"), "svg_media", /embedded media/],
    ["another file", () => svg('<image href="https://a.example/x.png"/>'), "svg_reference", /other files/],
    ["an include", () => svg('<xi:include href="#a"/>'), "svg_include", /includes/],
    ["a style sheet", () => svg("<style>@import 'x';</style>"), "svg_stylesheet", /style sheet/],
    ["20,001 elements", () => svg("<g/>".repeat(20_001)), "svg_complex", /elements/],
    ["broken XML", () => svg("<rect"), "svg_invalid", /./],
    ["UTF-16", () => Buffer.concat([svg("<rect/>"), Buffer.from("<\0g\0/\0>\0")]), "svg_encoding", /UTF-8/],
  ])("%s", async (_what, bytes, reason, why) => {
    expect(await drawPicture(await bytes(), ICON)).toEqual({
      kind: "unusable",
      reason,
      why: expect.stringMatching(why),
    });
  });

  test("with too many pixels", async () => {
    const picture = await drawPicture(await image().png().toBuffer(), { ...ICON, maxPixels: 99 });
    expect(picture).toMatchObject({ reason: "too_many_pixels" });
  });
});

describe("an address that shows a page", () => {
  test.each<[string, string, PictureReason | undefined]>([
    ["https://github.com/acme/lens/blob/main/icon.svg", "", "github_page"],
    ["https://www.github.com/acme/lens/tree/main/docs", "", "github_page"],
    ["https://github.com/acme/lens", "", undefined],
    ["https://gitlab.example/acme/lens/-/blob/main/icon.svg", "", "gitlab_page"],
    ["https://bitbucket.org/acme/lens/src/main/icon.svg", "", "bitbucket_page"],
    [
      "https://drive.google.com/file/d/abc/view?usp=sharing",
      "https://accounts.google.com/signin",
      "google_drive",
    ],
    ["https://www.dropbox.com/s/abc/icon.png?dl=0", "", "dropbox"],
    ["https://1drv.ms/u/s!abc", "https://onedrive.live.com/?id=1", "sharing_page"],
    ["https://acme.sharepoint.com/:i:/s/x", "", "sharing_page"],
    ["https://imgur.com/abc", "", "imgur_page"],
    ["https://i.imgur.com/abc.png", "", undefined],
    ["https://files.acme.example/icon.png", "https://files.acme.example/users/sign_in", "sign_in"],
    ["https://files.acme.example/icon.png", "https://login.acme.example/?next=x", "sign_in"],
    ["https://files.acme.example/icon.png", "https://sso.acme.example/realms/x", "sign_in"],
    ["https://files.acme.example/icon.png", "https://www.acme.example/authors", undefined],
    ["https://acme.example/login/icon.png", "", undefined],
  ])("%s → %s", (url, arrivedAt, reason) => {
    expect(pageReason(new URL(url), new URL(arrivedAt || url))).toBe(reason);
  });
});

describe("a fix", () => {
  test("is different for each reason that a publisher can act on", () => {
    const fixes = Object.values(PICTURE_FIXES);
    expect(new Set(fixes).size).toBe(fixes.length);
  });

  test.each([
    ["github_page", "raw.githubusercontent.com"],
    ["git_lfs", "media.githubusercontent.com"],
    ["dropbox", "raw=1"],
    ["ico", "magick favicon.ico"],
    ["svg_foreign_object", "without foreignObject"],
  ])("of %s names what to change: %s", (reason, words) => {
    const { suggestion } = makeFinding("media_unusable", {
      what: "icon",
      host: "a.example",
      reason,
      why: "x",
    });
    expect(suggestion).toContain(words);
  });

  test("of a finding without a reason stays general", () => {
    expect(pictureFix(undefined)).toBeUndefined();
    expect(pictureFix("toString")).toBeUndefined();
    const { suggestion } = makeFinding("media_unusable", { what: "icon", host: "a.example", why: "x" });
    expect(suggestion).toMatch(/^Publish a PNG/);
  });

  test("of an icon file in the image names no URL", () => {
    const ofFiles: PictureReason[] = [
      "empty",
      "ico",
      "other_format",
      "pdf",
      "compressed_svg",
      "not_an_image",
      "damaged",
    ];
    for (const reason of ofFiles.filter((each) => each !== "empty"))
      expect(iconFix(reason), reason).not.toMatch(/URL|upload/);
  });

  test.each(["data:", "file:", "blob:"])("of a %s address says where to publish the file", (scheme) => {
    const { suggestion } = makeFinding("url_scheme_forbidden", { label: "x", scheme });
    expect(suggestion).toMatch(/^Publish the file on a website/);
  });
});
