import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import { LABELS } from "@/lib/extension/labels/label-names";
import type { CheckedMedia, NamedPicture } from "@/lib/media/checked-media";
import type { DrawnPicture } from "@/lib/media/drawing/draw-picture";
import { hostOf } from "@/lib/media/label-address";

/** Findings about images and links. Plain http URLs have a finding of their own. */
export function mediaFindings({ pictures, links }: CheckedMedia): Finding[] {
  return [
    ...pictures.flatMap(({ named, outcome }) => pictureFindings(named, outcome)),
    ...unaskedHosts(pictures),
    ...links.flatMap(linkFindings),
    ...unaskedLinks(links),
  ];
}

type Picture = CheckedMedia["pictures"][number];
type Link = CheckedMedia["links"][number];

function pictureFindings(named: NamedPicture, outcome: Picture["outcome"]): Finding[] {
  if (isPlainHttp(named.url)) return [];
  const evidence = evidenceOf(named);
  switch (outcome.kind) {
    case "drawn":
      return remarks(named, outcome);
    case "dead":
      return [makeFinding("media_unreachable", { ...evidence, reason: outcome.reason, why: outcome.why })];
    case "unusable":
    case "forbidden":
      return [makeFinding("media_unusable", { ...evidence, reason: outcome.reason, why: outcome.why })];
    case "not_checked":
      return [];
  }
}

function remarks(named: NamedPicture, { original }: Extract<DrawnPicture, { kind: "drawn" }>): Finding[] {
  const { width, frames } = original;
  const evidence = evidenceOf(named);
  const isSmall = width !== undefined && width < named.shape.fineWidth;
  return [
    ...(isSmall
      ? [makeFinding("media_small", { ...evidence, width, fineWidth: named.shape.fineWidth })]
      : []),
    ...(frames > 1 ? [makeFinding("media_animated", { ...evidence, frames })] : []),
  ];
}

/** One finding for each host that could not be checked. */
function unaskedHosts(pictures: readonly Picture[]): Finding[] {
  const unasked = pictures.filter(
    ({ named, outcome }) => outcome.kind === "not_checked" && !isPlainHttp(named.url),
  );
  const byHost = new Map(unasked.map((each) => [`${labelOf(each.named)} ${hostOf(each.named.url)}`, each]));
  return [...byHost.values()].flatMap(({ named, outcome }) => {
    if (outcome.kind !== "not_checked") return [];
    return [
      makeFinding("media_not_checked", { label: labelOf(named), host: hostOf(named.url), why: outcome.why }),
    ];
  });
}

function linkFindings({ title, url, outcome }: Link): Finding[] {
  if (outcome.kind !== "dead") return [];
  return [makeFinding("link_dead", { title, host: hostOf(url), why: outcome.why })];
}

/** One finding for all of them, because no action is needed. */
function unaskedLinks(links: readonly Link[]): Finding[] {
  const unasked = links.filter(({ outcome }) => outcome.kind === "not_checked");
  const [first] = unasked;
  if (first?.outcome.kind !== "not_checked") return [];
  return [
    makeFinding("links_not_checked", {
      count: unasked.length,
      host: hostOf(first.url),
      why: first.outcome.why,
    }),
  ];
}

function evidenceOf(named: NamedPicture) {
  const { url, position } = named;
  const what = position === null ? "icon" : `screenshot ${position}`;
  return { label: labelOf(named), what, position, host: hostOf(url) };
}

function labelOf({ position }: NamedPicture): string {
  return position === null ? LABELS.icon : LABELS.screenshots;
}

function isPlainHttp(url: string): boolean {
  return url.startsWith("http:");
}
