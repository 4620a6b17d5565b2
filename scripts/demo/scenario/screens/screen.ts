/** Mock screenshots of fictional extensions: a window with a list on the left, and one view. SVG of 1280 × 800. */

export type Theme = { page: string; panel: string; line: string; ink: string; soft: string; accent: string };

export type ScreenPlan = {
  /** Heading of the view. */
  title: string;
  /** Line below the heading. */
  lead: string;
  accent: string;
  /** Entries of the list; the first is selected. */
  places: readonly string[];
  dark?: boolean;
  view: View;
};

/** Draws into `AREA`. */
export type View = (theme: Theme) => string;

export const AREA = { x: 280, y: 150, width: 960, height: 610 } as const;

const LIGHT = { page: "#f6f7f9", panel: "#ffffff", line: "#dfe3e8", ink: "#1c222d", soft: "#667085" };
const DARK = { page: "#13161c", panel: "#1c2029", line: "#303746", ink: "#edf0f5", soft: "#9ba5b7" };

export function screen({ title, lead, accent, places, dark = false, view }: ScreenPlan): string {
  const theme = { ...(dark ? DARK : LIGHT), accent };
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1280 800" font-family="Inter, Helvetica, Arial, sans-serif">',
    box({ x: 0, y: 0, width: 1280, height: 800, fill: theme.page }),
    box({ x: 0, y: 0, width: 240, height: 800, fill: theme.panel }),
    box({ x: 239, y: 0, width: 1, height: 800, fill: theme.line }),
    box({ x: 24, y: 28, width: 32, height: 32, fill: accent, radius: 8 }),
    ...places.map((place, index) => placeRow(place, index, theme)),
    text(AREA.x, 70, title, { size: 28, weight: 600, fill: theme.ink }),
    text(AREA.x, 104, lead, { size: 17, fill: theme.soft }),
    view(theme),
    "</svg>\n",
  ].join("");
}

function placeRow(place: string, index: number, { accent, ink, soft }: Theme): string {
  const y = 96 + index * 48;
  const here = box({ x: 12, y, width: 216, height: 40, fill: accent, radius: 8, opacity: 0.16 });
  const words = text(32, y + 26, place, {
    size: 17,
    fill: index === 0 ? ink : soft,
    weight: index === 0 ? 600 : 400,
  });
  return index === 0 ? here + words : words;
}

type Box = {
  x: number;
  y: number;
  width: number;
  height: number;
  fill: string;
  radius?: number;
  opacity?: number;
  stroke?: string;
};

export function box({ x, y, width, height, fill, radius = 0, opacity = 1, stroke }: Box): string {
  const line = stroke === undefined ? "" : ` stroke="${stroke}" stroke-width="1.5"`;
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}" fill-opacity="${opacity}"${line}/>`;
}

type TextStyle = { size: number; fill: string; weight?: number; anchor?: "start" | "middle" | "end" };

export function text(x: number, y: number, words: string, style: TextStyle): string {
  const { size, fill, weight = 400, anchor = "start" } = style;
  const safe = words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${safe}</text>`;
}
