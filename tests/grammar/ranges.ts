/** Ranges and versions as people write them, and as no one should. */

import fc from "@/tests/builders/fast-check";

const number = fc.oneof(
  { weight: 8, arbitrary: fc.nat({ max: 3 }) },
  { weight: 1, arbitrary: fc.nat({ max: 20 }) },
);
const wildcard = fc.constantFrom("x", "X", "*");
const identifiers = fc.constantFrom(
  "0",
  "1",
  "alpha",
  "alpha.1",
  "beta.2",
  "beta.11",
  "rc.1",
  "a-b",
  "-",
  "x",
);
const suffix = fc.oneof(
  { weight: 6, arbitrary: fc.constant("") },
  { weight: 2, arbitrary: identifiers.map((text) => `-${text}`) },
  { weight: 1, arbitrary: fc.constantFrom("+b", "+1.2", "-rc.1+b") },
);
const part = fc.oneof({ weight: 6, arbitrary: number.map(String) }, { weight: 1, arbitrary: wildcard });
const core = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("."));
const partial = fc
  .tuple(
    fc.constantFrom("", "", "", "v"),
    fc.oneof({ weight: 3, arbitrary: core }, { weight: 4, arbitrary: full() }),
    suffix,
  )
  .map((parts) => parts.join(""));

const operator = fc.constantFrom("", "=", "!=", ">", ">=", "=>", "<", "<=", "=<", "~", "~>", "^");
const space = fc.constantFrom("", "", " ", "  ");
const comparator = fc.tuple(operator, space, partial).map((parts) => parts.join(""));
const closed = fc.tuple(partial, partial).map((ends) => ends.join(" - "));
const and = fc.constantFrom(", ", ",", " , ", " ", "  ");
const or = fc.constantFrom("||", " || ", "|| ");

const conjunction = fc.oneof(
  { weight: 6, arbitrary: joined(comparator, and, 3) },
  { weight: 1, arbitrary: closed },
  { weight: 1, arbitrary: fc.tuple(closed, comparator).map((both) => both.join(", ")) },
);
const sensible = fc.tuple(space, joined(conjunction, or, 3), space).map((parts) => parts.join(""));

/** A character put in, left out or doubled. */
const broken = fc
  .tuple(
    sensible,
    fc.nat(),
    fc.constantFrom("", ",", "|", "=", ".", " ", "-", "x", "V", "\t", "\u00a0", "0", "<"),
  )
  .map(([text, place, character]) => {
    const at = place % (text.length + 1);
    return text.slice(0, at) + character + text.slice(at + (character === "" ? 1 : 0));
  });

export const ranges = fc.oneof({ weight: 5, arbitrary: sensible }, { weight: 1, arbitrary: broken });

export const versions = fc
  .tuple(
    full(),
    fc.oneof(
      { weight: 3, arbitrary: fc.constant("") },
      { weight: 1, arbitrary: identifiers.map((text) => `-${text}`) },
    ),
  )
  .map((parts) => parts.join(""));

function full(): fc.Arbitrary<string> {
  return fc.tuple(number, number, number).map((numbers) => numbers.join("."));
}

function joined(
  one: fc.Arbitrary<string>,
  separator: fc.Arbitrary<string>,
  maxLength: number,
): fc.Arbitrary<string> {
  return fc
    .array(fc.tuple(one, separator), { minLength: 1, maxLength })
    .map((pairs) =>
      pairs.map(([text, glue], index) => (index < pairs.length - 1 ? text + glue : text)).join(""),
    );
}
