/** Where a range means something else here than to Masterminds/semver v3. `docs/compatibility.md` shows this table. */

export type Deviation = {
  /** One sentence for the documentation. */
  title: string;
  /** `version` undefined: about whether the range can be read at all. */
  example: { range: string; version?: string; here: Outcome; there: Outcome };
  /** Whether a difference about this range may come from here. */
  explains(range: string): boolean;
  /** Then only what is said of prereleases may differ. */
  onlyPrereleases?: true;
};

export type Outcome = "match" | "no match" | "invalid" | "valid";

export const DEVIATIONS: readonly Deviation[] = [
  {
    title: "A comparator that names no prerelease matches none. In Go, `!=` does match prereleases.",
    example: { range: "!=0.3.4", version: "0.3.4-rc.1", here: "no match", there: "match" },
    explains: (range) => range.includes("!="),
    onlyPrereleases: true,
  },
  {
    title:
      "A wildcard in the first position means every version, with every operator. In Go, some operators treat it as `0.0.0`.",
    example: { range: "<=*", version: "0.3.4", here: "match", there: "no match" },
    explains: (range) => /(?:\^|(?<![=~])>(?!=)|<=|=<|!=)\s*v?[xX*]|\s-\s+v?[xX*]/.test(range),
  },
  {
    title: "`!=` before an incomplete prerelease is invalid.",
    example: { range: "!=1.2-rc", here: "invalid", there: "valid" },
    explains: (range) => /!=\s*v?(?:[\dxX*]+(?:\.[\dxX*]+)?|[\d.xX*]*[xX*][\d.xX*]*)-/.test(range),
  },
  {
    title: "The text after a wildcard is checked. In Go, it is ignored.",
    example: { range: "0.x.2x", here: "invalid", there: "valid" },
    explains: (range) => /[xX*]\.[\d.|xX*]*(?:\d(?:[xX*]|\|(?!\|))|[xX*][\dxX*])/.test(range),
  },
  {
    title: "A hyphen range can follow `||` directly.",
    example: { range: ">=2||0.2 - 0.3", here: "valid", there: "invalid" },
    explains: (range) => /\|\|v?[\dxX*]\S*\s+-\s/.test(range),
  },
  {
    title:
      "A hyphen range needs a comma before the next comparator. In Go, the white space after it is lost.",
    example: { range: "0.2 - 0.3 .4", here: "invalid", there: "valid" },
    explains: (range) => /\s-\s+v?[\dxX*][^\s,|]*\s+[^\s,|]/.test(range),
  },
  {
    title: "`==` is the same as `=`.",
    example: { range: "==0.3.4", here: "valid", there: "invalid" },
    explains: (range) => /==/.test(range),
  },
  {
    title: "Numbers of any size are exact. In Go, they are limited to 64 bits.",
    example: { range: ">=18446744073709551616.0.0", here: "valid", there: "invalid" },
    explains: (range) => /\d{19}/.test(range),
  },
  {
    title: "Labels of more than 256 characters are invalid.",
    example: { range: `>=0.3.4${" ,!=1.0.0".repeat(28)}`, here: "invalid", there: "valid" },
    explains: (range) => range.trim().length > 256,
  },
];
