/** The values that lists filter and count by, interned as small numbers. */

import type { ExtensionSummary } from "@/lib/catalog/documents/documents";
import { Interner } from "@/lib/catalog/search/interner";
import { platformName } from "@/lib/extension/reference/platform";

export const VALUE_KINDS = ["category", "publisher", "capability", "platform"] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

/** Interns values of every kind. */
class ValueNumbers {
  /** By number. */
  readonly all: { kind: ValueKind; value: string }[] = [];
  /** By number: the bit of the value's kind. */
  readonly bits: number[] = [];
  private readonly numbers = new Interner();

  /** Returns the value's number and adds the value if it is new. */
  number(kind: ValueKind, value: string): number {
    const number = this.numbers.number(`${kind}:${value}`);
    if (number === this.all.length) {
      this.all.push({ kind, value });
      this.bits.push(kindBit(kind));
    }
    return number;
  }

  find(kind: ValueKind, value: string): number | undefined {
    return this.numbers.find(`${kind}:${value}`);
  }
}

export function kindBit(kind: ValueKind): number {
  return 1 << VALUE_KINDS.indexOf(kind);
}

/** The numbers of words and values. They are append-only, so consecutive snapshots share them. */
export type Numbering = { vocabulary: Interner; values: ValueNumbers };

export function newNumbering(): Numbering {
  return { vocabulary: new Interner(), values: new ValueNumbers() };
}

/** Platforms of the version that represents the extension. */
export function platformNames({ latest, latestPrerelease }: ExtensionSummary): string[] {
  const platforms = (latest ?? latestPrerelease)?.platforms ?? [];
  const names = platforms.map(({ os, architecture, variant }) =>
    platformName({ os, architecture, ...(variant === null ? {} : { variant }) }),
  );
  return [...new Set(names)];
}
