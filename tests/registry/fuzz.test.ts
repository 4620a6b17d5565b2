import { expect, test } from "vitest";
import { isAppError } from "@/lib/platform/errors";
import { cleanText } from "@/lib/registry/oci/clean-text";
import { parseManifest } from "@/lib/registry/oci/manifest-document";
import { parseRegistries } from "@/lib/registry/registries";
import { parseChallenge } from "@/lib/registry/transport/challenge";
import { MEDIA_TYPES } from "@/scripts/demo/image/piece";
import { extensionImage } from "@/tests/builders/extension-image";
import fc from "@/tests/builders/fast-check";

/** Any text is either understood or refused in words; nothing else is ever thrown. */
function refusesInWords(parse: () => unknown): void {
  try {
    parse();
  } catch (error) {
    expect(isAppError(error)).toBe(true);
  }
}

const headerText = fc.string({
  unit: fc.constantFrom(...'Bearer Basic realm=",;\\=~/ \tservicea1'.split("")),
  maxLength: 200,
});

test("any WWW-Authenticate is read without an exception, and values come out as they went in", () => {
  fc.assert(fc.property(fc.array(headerText, { maxLength: 3 }), (lines) => void parseChallenge(lines)));
  fc.assert(
    fc.property(fc.string(), (realm) => {
      const quoted = realm
        .replace(/["\\]/g, (character) => `\\${character}`)
        .replace(/[\r\n\u2028\u2029]/g, "");
      const expected = realm.replace(/[\r\n\u2028\u2029]/g, "");
      expect(parseChallenge([`Bearer realm="${quoted}"`])).toMatchObject({
        scheme: "bearer",
        realm: expected,
      });
    }),
  );
});

test("any text for GANTRY_REGISTRIES is a table or refused as configuration", () => {
  const text = fc.string({
    unit: fc.constantFrom(..."docker.io=http://127.0.0.1:5000,@[]? #%".split("")),
    maxLength: 60,
  });
  fc.assert(fc.property(text, (value) => refusesInWords(() => parseRegistries(value))));
});

const types = Object.values(MEDIA_TYPES).flatMap(({ index, manifest }) => [index, manifest]);

test("any document under any manifest type is a manifest or refused in words", () => {
  fc.assert(
    fc.property(fc.constantFrom("", "text/plain", ...types), fc.json(), (type, text) =>
      refusesInWords(() => parseManifest(Buffer.from(text), type, "it")),
    ),
  );
});

test("a real index with one part replaced by anything is an index or refused in words", () => {
  const { root } = extensionImage({ attestations: ["provenance"] });
  const values: unknown[] = [];
  JSON.parse(root.bytes.toString(), (_key, value) => values.push(value) && value);
  fc.assert(
    fc.property(fc.nat(values.length - 1), fc.jsonValue(), (target, replacement) => {
      let index = 0;
      const document: unknown = JSON.parse(root.bytes.toString(), (_key, value) =>
        index++ === target ? replacement : value,
      );
      const bytes = Buffer.from(JSON.stringify(document));
      refusesInWords(() => parseManifest(bytes, root.mediaType, "it"));
    }),
  );
});

test("cleaned text is one short line without control characters", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 2000 }), (text) => {
      const cleaned = cleanText(text);
      expect(cleaned).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(cleaned.length).toBeLessThanOrEqual(300);
    }),
  );
});
