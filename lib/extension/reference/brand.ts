/**
 * A nominal type over a primitive: `Brand<string, "Digest">` can only be made by the parser that checked it,
 * so whoever holds one need not check again.
 */
declare const brand: unique symbol;
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
