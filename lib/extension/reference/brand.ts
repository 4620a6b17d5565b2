/**
 * A nominal type over a primitive: only the parser that validates it can create a `Brand<string, "Digest">`, so its
 * readers need not validate again.
 */
declare const brand: unique symbol;
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
