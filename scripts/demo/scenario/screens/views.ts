/** Views for a screen. Numbers are fractions of the view's size, from 0 to 1, unless stated otherwise. */

import { AREA, box, type Theme, text, type View } from "@/scripts/demo/scenario/screens/screen";

export const TONES = { good: "#2f9e63", warn: "#d9902f", bad: "#cf4444", plain: "#8a94a6" } as const;
type Tone = keyof typeof TONES;

const ROW = 66;

/** Columns with their start positions; each row begins with its mark. */
export function tableView(
  columns: readonly [title: string, at: number][],
  rows: readonly [Tone, ...string[]][],
): View {
  return (theme) => {
    const { x, y, width } = AREA;
    const left = (column: number) => x + 48 + (columns[column]?.[1] ?? 0) * (width - 64);
    const heads = columns.map(([title], column) =>
      text(left(column), y + 41, title, { size: 17, weight: 600, fill: theme.soft }),
    );
    const lines = rows.map(([tone, ...cells], index) => {
      const top = y + ROW * (index + 1);
      const middle = top + 40;
      return [
        box({ x, y: top, width, height: 1, fill: theme.line }),
        `<circle cx="${x + 24}" cy="${middle - 6}" r="6" fill="${TONES[tone]}"/>`,
        ...cells.map((cell, column) =>
          text(left(column), middle, cell, {
            size: 19,
            weight: column === 0 ? 600 : 400,
            fill: column === 0 ? theme.ink : theme.soft,
          }),
        ),
      ].join("");
    });
    return panel(theme, ROW * (rows.length + 1)) + [...heads, ...lines].join("");
  };
}

/** Treemap. */
export function blocksView(
  blocks: readonly [x: number, y: number, width: number, height: number, name: string, size: string][],
): View {
  const gap = 8;
  return (theme) =>
    blocks
      .map(([left, top, wide, high, name, size], index) => {
        const x = AREA.x + left * AREA.width;
        const y = AREA.y + top * AREA.height;
        const [width, height] = [wide * AREA.width - gap, high * AREA.height - gap];
        const opacity = 0.9 - index * 0.085;
        const fill = opacity > 0.5 ? "#ffffff" : theme.ink;
        return [
          box({ x, y, width, height, fill: theme.panel, radius: 10 }),
          box({ x, y, width, height, fill: theme.accent, radius: 10, opacity }),
          text(x + 16, y + 32, name, { size: 18, weight: 600, fill }),
          text(x + 16, y + 56, size, { size: 16, fill }),
        ].join("");
      })
      .join("");
}

/** Timeline with bars. */
export function spansView(spans: readonly [name: string, from: number, length: number, tone?: Tone][]): View {
  return (theme) => {
    const [left, wide] = [AREA.x + 300, AREA.width - 330];
    const ticks = [0, 0.25, 0.5, 0.75, 1].map((at) =>
      box({ x: left + at * wide, y: AREA.y + 20, width: 1, height: ROW * spans.length, fill: theme.line }),
    );
    const bars = spans.map(([name, from, length, tone], index) => {
      const y = AREA.y + 20 + ROW * index;
      const fill = tone === undefined ? theme.accent : TONES[tone];
      return (
        text(AREA.x + 24, y + 40, name, { size: 19, fill: theme.ink }) +
        box({ x: left + from * wide, y: y + 18, width: length * wide, height: 30, fill, radius: 5 })
      );
    });
    return panel(theme, ROW * spans.length + 40) + [...ticks, ...bars].join("");
  };
}

/** Column chart; the last column is highlighted. */
export function chartView(bars: readonly [name: string, height: number][]): View {
  return (theme) => {
    const high = AREA.height - 110;
    const step = (AREA.width - 60) / bars.length;
    const base = AREA.y + high + 40;
    const lines = [0.25, 0.5, 0.75, 1].map((at) =>
      box({ x: AREA.x + 30, y: base - at * high, width: AREA.width - 60, height: 1, fill: theme.line }),
    );
    const columns = bars.map(([name, height], index) => {
      const x = AREA.x + 30 + index * step;
      const isLast = index === bars.length - 1;
      const size = { x: x + step * 0.15, y: base - height * high, width: step * 0.7, height: height * high };
      return (
        box({ ...size, fill: theme.accent, radius: 6, opacity: isLast ? 1 : 0.45 }) +
        text(x + step / 2, base + 30, name, { size: 15, fill: theme.soft, anchor: "middle" })
      );
    });
    return panel(theme, AREA.height) + [...lines, ...columns].join("");
  };
}

/** Connected boxes; `parent` is the index of another box. */
export function treeView(
  nodes: readonly [x: number, y: number, name: string, note: string, parent?: number, tone?: Tone][],
): View {
  const size = { width: 250, height: 80 };
  return (theme) => {
    const at = ([x, y]: readonly [number, number, ...unknown[]]) => ({
      x: AREA.x + x * (AREA.width - size.width),
      y: AREA.y + y * (AREA.height - size.height),
    });
    const lines = nodes.flatMap((node) => {
      const parent = node[4] === undefined ? undefined : nodes[node[4]];
      if (parent === undefined) return [];
      const [from, to] = [at(parent), at(node)];
      const [x1, y1, x2] = [from.x + size.width / 2, from.y + size.height, to.x + size.width / 2];
      const half = (y1 + to.y) / 2;
      return `<path d="M${x1} ${y1}C${x1} ${half} ${x2} ${half} ${x2} ${to.y}" fill="none" stroke="${theme.soft}" stroke-width="2"/>`;
    });
    const boxes = nodes.map((node) => {
      const [, , name, note, , tone] = node;
      const { x, y } = at(node);
      const stroke = tone === undefined ? theme.line : TONES[tone];
      return (
        box({ x, y, ...size, fill: theme.panel, radius: 10, stroke }) +
        text(x + 16, y + 34, name, { size: 19, weight: 600, fill: theme.ink }) +
        text(x + 16, y + 60, note, { size: 17, fill: tone === undefined ? theme.soft : TONES[tone] })
      );
    });
    return [...lines, ...boxes].join("");
  };
}

function panel({ panel: fill, line: stroke }: Theme, height: number): string {
  return box({ x: AREA.x, y: AREA.y, width: AREA.width, height, fill, stroke, radius: 10 });
}
