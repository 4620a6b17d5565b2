/**
 * Characters that look like Latin letters and digits, by that letter. A selection of Unicode's confusables (UTS 39,
 * confusables.txt) for the scripts used to imitate Latin names. NFKD has already folded fullwidth, mathematical,
 * circled and superscript forms.
 */
const LOOKALIKES: Record<string, string> = {
  a: "аɑαạɐ⍺ꭺᎪꓮ",
  b: "ЬьвЪƄɓᏏᖯᗷꓐβßΒВᏴʙ",
  c: "сϲⅽᴄƈςϹСᏟꓚⲥⲤ",
  d: "ԁɗɖđðᏧᑯᗞᗪꓓᎠ",
  e: "еёєҽɛεℯεΕЕᎬꓰēėęɘэ",
  f: "ƒſẝϝғꞙᖴꓝքϜ",
  g: "ɡɢƍցԍᏀᏳꓖǥɠ",
  h: "һհɦʜΗНᎻᕼꓧħнḥ",
  i: "іɩιıɪӏℹΙІⅠꓲᎥɨĩյ",
  j: "јϳʝᎫꓙɉյЈͿ",
  k: "кκĸƙΚКᏦꓗⲔқҝʞⲕ",
  l: "ⅼӀӏ׀ןاŀłɫɭᏞꓡʟ∣⏐ǀ",
  m: "мⅿɱΜМᎷꓟṃϻʍ",
  n: "ոռпηŋɲɳΝꓠℕńᴎиή",
  o: "оοօσөøɵ০੦௦๐໐ΟОՕꓳ०૦ዐ〇ºσοѳⲟⲞ◯",
  p: "рρϱþƿⲣΡРᏢꓑ⍴ƥ",
  q: "ԛգզɋʠ",
  r: "ᏒгᴦⲅꭇɾɼɽᎡᖇꓣʀгяꮁ",
  s: "ѕꜱƽʂЅՏᏚꓢᏕṣş",
  t: "тτƭŧΤТᎢꓔʈ⊤ţțᴛ",
  u: "υսʋцᴜᑌꓴɄʉⴎմ",
  v: "νѵⅴᴠᏙᐯꓦѴʌ∨",
  w: "ѡԝшщɯωᴡᎳꓪաⱳẁ",
  x: "хχⅹ×ᕁ᙭ΧХꓫҳ",
  y: "уүγʏყΥҮᎩꓬɏỳ¥ўч",
  z: "ᴢʐȥΖᏃꓜʑƶż",
  l1: "|¦",
};

/** The Latin letter that each character looks like. */
export const CONFUSABLES: ReadonlyMap<string, string> = new Map(
  Object.entries(LOOKALIKES).flatMap(([latin, others]) =>
    [...others].map((other): [string, string] => [other, latin.charAt(0)]),
  ),
);
