import type { MediaReport } from "@/lib/extension/report/media-report";
import type { Pictures } from "@/lib/safe-html/addresses";

/** The stored copies of a report's images, because texts can also show images that labels name. */
export function storedPictures({ icon, screenshots }: MediaReport): Pictures {
  const named = icon === null ? screenshots : [icon, ...screenshots];
  return new Map(
    named.flatMap((each) => {
      if (each.outcome !== "stored") return [];
      const { sha256, width, height } = each.picture;
      return [[each.url, { path: mediaPath(sha256), width, height }] as const];
    }),
  );
}

/** On this origin; served as immutable. */
export function mediaPath(sha256: string): string {
  return `/api/v1/media/${sha256}`;
}
