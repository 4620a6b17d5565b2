/** Icons of fictional extensions: one tile, one or two simple shapes. */

function tile(color: string, shapes: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="${color}"/>${shapes}</svg>\n`;
}

const LINE = 'fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"';

export const ICONS = {
  lens: tile(
    "#2f5fd0",
    `<circle cx="28" cy="28" r="13" ${LINE}/><path d="M38 38 50 50" ${LINE}/><path d="M28 28V15a13 13 0 0 1 13 13z" fill="#ffd166"/>`,
  ),
  ports: tile(
    "#0f766e",
    `<path d="M14 20h22M28 44h22" ${LINE}/><circle cx="44" cy="20" r="6" fill="#a7f3d0"/><circle cx="20" cy="44" r="6" fill="#fff"/>`,
  ),
  vault: tile(
    "#3b3f8f",
    `<rect x="14" y="14" width="36" height="36" rx="6" ${LINE}/><circle cx="32" cy="32" r="7" fill="#c7d2fe"/><path d="M32 18v6M32 40v6M18 32h6M40 32h6" stroke="#fff" stroke-width="4"/>`,
  ),
  query: tile(
    "#b4531a",
    `<ellipse cx="32" cy="19" rx="17" ry="7" fill="#ffe3c2"/><path d="M15 19v26c0 4 8 7 17 7s17-3 17-7V19M15 32c0 4 8 7 17 7s17-3 17-7" ${LINE}/>`,
  ),
  seed: tile(
    "#4d7c0f",
    `<path d="M32 52V30" ${LINE}/><path d="M32 34c0-10 6-16 16-16 0 10-6 16-16 16z" fill="#fff"/><path d="M32 42c0-8-5-13-14-13 0 8 5 13 14 13z" fill="#d9f99d"/>`,
  ),
  atlas: tile(
    "#9d3c72",
    `<rect x="12" y="14" width="16" height="12" rx="3" fill="#fff"/><rect x="36" y="38" width="16" height="12" rx="3" fill="#fbcfe8"/><path d="M20 26v18h16" ${LINE}/>`,
  ),
  probe: tile(
    "#0369a1",
    `<path d="M16 40a22 22 0 0 1 32 0M23 47a12 12 0 0 1 18 0" ${LINE}/><path d="M32 12v16" ${LINE}/><circle cx="32" cy="52" r="3" fill="#bae6fd"/>`,
  ),
  compass: tile(
    "#1e3a5f",
    `<circle cx="32" cy="32" r="19" ${LINE}/><path d="m40 24-5 11-11 5 5-11z" fill="#fbbf24"/>`,
  ),
  sweep: tile(
    "#991b1b",
    `<path d="M32 12 48 18v13c0 10-7 17-16 21-9-4-16-11-16-21V18z" ${LINE}/><circle cx="32" cy="30" r="5" fill="#fecaca"/><path d="M32 33v8" ${LINE}/>`,
  ),
  lantern: tile(
    "#7c5c12",
    `<path d="M24 20h16l4 26H20z" ${LINE}/><path d="M26 20v-4a6 6 0 0 1 12 0v4" ${LINE}/><circle cx="32" cy="34" r="6" fill="#fde68a"/>`,
  ),
  trace: tile(
    "#5b21b6",
    `<path d="M12 40h10l6-18 8 26 6-16h10" ${LINE}/><circle cx="28" cy="22" r="4" fill="#ddd6fe"/>`,
  ),
  shelf: tile(
    "#475569",
    `<path d="M12 32h40M12 52h40" ${LINE}/><rect x="16" y="14" width="12" height="14" rx="2" fill="#fff"/><rect x="32" y="18" width="14" height="10" rx="2" fill="#cbd5e1"/><rect x="20" y="37" width="18" height="11" rx="2" fill="#fff"/>`,
  ),
  trail: tile(
    "#4338ca",
    `<path d="M18 12h20l10 10v30H18z" ${LINE}/><path d="M26 28h14M26 36h14M26 44h8" stroke="#c7d2fe" stroke-width="4" stroke-linecap="round"/>`,
  ),
  organ: tile(
    "#a16207",
    `<path d="M16 50V26M27 50V16M38 50V22M49 50V32" ${LINE}/><path d="M12 54h40" stroke="#fef08a" stroke-width="4" stroke-linecap="round"/>`,
  ),
  mail: tile(
    "#be185d",
    `<rect x="12" y="18" width="40" height="28" rx="4" ${LINE}/><path d="m14 21 18 14 18-14" ${LINE}/>`,
  ),
  tally: tile(
    "#166534",
    `<path d="M18 16v32M28 16v32M38 16v32M48 16v32" ${LINE}/><path d="M12 44 54 20" stroke="#bbf7d0" stroke-width="5" stroke-linecap="round"/>`,
  ),
  ferry: tile(
    "#155e75",
    `<path d="M12 40h40l-6 10H18z" fill="#fff"/><path d="M22 36V22h12v14M34 28h10v8" ${LINE}/><path d="M12 56c5-4 9 4 14 0s9 4 14 0 8 2 12 0" stroke="#a5f3fc" stroke-width="3" fill="none"/>`,
  ),
} as const;
