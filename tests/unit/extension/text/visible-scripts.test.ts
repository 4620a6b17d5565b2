import { describe, expect, test } from "vitest";
import { oneLine } from "@/lib/extension/labels/label-text";
import {
  hasHiddenCharacters,
  isBlank,
  textRuns,
  withoutHidden,
} from "@/lib/extension/text/hidden-characters";
import { visible } from "@/lib/extension/text/quoted";
import fc from "@/tests/builders/fast-check";

const ZALGO = `d${"\u0301\u0332\u034b\u0317".repeat(8)}isk`;

/** Words that readers of their script write every day, or that test the limits of it. */
const ORDINARY: [script: string, text: string][] = [
  ["Arabic with vowels", "مُحَمَّدٌ يَقْرَأُ الْكِتَابَ"],
  ["Arabic with a number sign", "\u06dd١٢"],
  ["Persian with non-joiners", "می\u200cخواهم کتاب\u200cها را ببینم"],
  ["Hebrew with vowels and accents", "בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים"],
  ["Hindi", "हिन्दी में लिखा हुआ क्षेत्र"],
  ["Hindi with joiners", "क्\u200dष और क्\u200cष"],
  ["Bengali", "বাংলা র\u200d্যাব"],
  ["Sinhala", "ශ්\u200dරී ලංකාව"],
  ["Malayalam", "മലയാളം അവന്\u200d"],
  ["Thai", "น้ำแข็งและที่นี่ก็ยังมีผู้คน"],
  ["Lao", "ຂ້ອຍຢູ່ທີ່ນີ້"],
  ["Khmer", "ខ្ញុំចង់ស្រ្តី"],
  ["Burmese", "မြန်မာဘာသာဖြင့် ရေးသားထားသည်"],
  ["Tibetan", "བརྒྱུད་ཧཱུྃ་ཀྵྨླྺ"],
  ["Vietnamese, decomposed", "Tiếng Việt: Những người đẹp nhất".normalize("NFD")],
  ["Lithuanian and phonetics", "l\u0303\u0307\u0301, n\u0325\u030a\u0301"],
  ["Yoruba, decomposed", "Ọ̀yọ́".normalize("NFD")],
  ["Japanese with an ideographic variant", "葛\u{e0100}城市のディスク"],
  ["Korean, decomposed", "한국어".normalize("NFD")],
  ["Mongolian", "ᠮᠣᠩᠭᠣᠯ\u180bᠬᠡᠯᠡ"],
  ["emoji of several people", "👩‍💻 👨‍👩‍👧‍👦 👩🏽‍🚀 🏳️‍🌈 ❤️‍🔥"],
  ["flags", "🇩🇪 🇯🇵 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}"],
  ["keycaps and text style", "1️⃣ #️⃣ ☎\ufe0e"],
  ["mathematics", "x\u0305 ≠ ∅, a\u20d7"],
];

describe("ordinary text stays as it is", () => {
  test.each(ORDINARY)("%s", (_, text) => {
    expect(withoutHidden(text)).toBe(text);
    expect(hasHiddenCharacters(text)).toBe(false);
    expect(textRuns(text)).toEqual([{ hidden: false, text }]);
    expect(isBlank(text)).toBe(false);
  });

  test("in any order, and with marks of direction in right-to-left words", () => {
    const word = fc.constantFrom(...ORDINARY.map(([, text]) => text), "Disk Lens", "1.0.0", "–");
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
        const text = words.join(" ");
        expect(withoutHidden(text)).toBe(text);
      }),
    );
    expect(withoutHidden("שלום!\u200f C++\u200e!")).toBe("שלום!\u200f C++\u200e!");
    expect(withoutHidden("Disk\u200f Lens\u200e")).toBe("Disk Lens");
  });
});

describe("text that hides or piles up is neither kept in labels nor shown as it is", () => {
  const BAD = [
    "\u202e",
    "\u2066",
    "\u2069",
    "\u200b",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u034f",
    "\u{e0041}",
    "\u{e007f}",
    "\ufe0f",
    "\u{e0100}",
    "\u200d",
    "\u180e",
    "\u001b[31m",
    "\u0000",
    "\u2028",
    "\ud800",
    "\u0301".repeat(30),
    "\u0489".repeat(12),
    "\u0650\u0301".repeat(12),
  ];

  test("for every text around it", () => {
    const piece = fc.oneof(fc.constantFrom(...BAD), fc.stringMatching(/^[a-z .]{0,6}$/));
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        const label = oneLine(text);
        const shown = visible(text, 1000);
        for (const result of [label, shown]) {
          expect(result).not.toMatch(
            /[\u202a-\u202e\u2066-\u2069\u200b\p{Cc}\p{Cs}\u2028\u{e0000}-\u{e0fff}]/u,
          );
          expect(result).not.toMatch(/\p{M}{9}|[\u0300-\u036f]{5}/u);
          expect(textRuns(result).some(({ hidden }) => hidden)).toBe(false);
        }
        expect(oneLine(label)).toBe(label);
      }),
    );
  });

  test("a pile of accents keeps four, and the rest is spelled out", () => {
    expect(oneLine(ZALGO)).toBe("d\u0301\u0332\u034b\u0317isk");
    expect(visible(ZALGO, 100)).toMatch(/^d\u0301\u0332\u034b\u0317‹U\+0301›.*‹20 more›isk$/);
  });

  test("fillers become spaces, so that words do not run together", () => {
    expect(oneLine("\u3164Disk\u2800\u2800Lens\uffa0")).toBe("Disk Lens");
  });

  test("a mark without a letter does not climb onto what is before the title", () => {
    expect(oneLine("\u0301\u0302Disk")).toBe("Disk");
  });
});
