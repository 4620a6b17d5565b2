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

export type Outcome = "fits" | "does not fit" | "refused" | "read";

export const DEVIATIONS: readonly Deviation[] = [
  {
    title: "A comparator that names no prerelease admits none; there, `!=` lets them through.",
    example: { range: "!=0.3.4", version: "0.3.4-rc.1", here: "does not fit", there: "fits" },
    explains: (range) => range.includes("!="),
    onlyPrereleases: true,
  },
  {
    title:
      "A wildcard in the first place means every version under every operator; there, some take it as `0.0.0`.",
    example: { range: "<=*", version: "0.3.4", here: "fits", there: "does not fit" },
    explains: (range) => /(?:\^|(?<![=~])>(?!=)|<=|=<|!=)\s*v?[xX*]|\s-\s+v?[xX*]/.test(range),
  },
  {
    title: "`!=` before an incomplete prerelease is refused.",
    example: { range: "!=1.2-rc", here: "refused", there: "read" },
    explains: (range) => /!=\s*v?(?:[\dxX*]+(?:\.[\dxX*]+)?|[\d.xX*]*[xX*][\d.xX*]*)-/.test(range),
  },
  {
    title: "What stands right of a wildcard is read too; there, it is not looked at.",
    example: { range: "0.x.2x", here: "refused", there: "read" },
    explains: (range) => /[xX*]\.[\d.|xX*]*(?:\d(?:[xX*]|\|(?!\|))|[xX*][\dxX*])/.test(range),
  },
  {
    title: "A closed range may follow `||` directly.",
    example: { range: ">=2||0.2 - 0.3", here: "read", there: "refused" },
    explains: (range) => /\|\|v?[\dxX*]\S*\s+-\s/.test(range),
  },
  {
    title: "A closed range needs a comma before what follows it; there, the white space after it is lost.",
    example: { range: "0.2 - 0.3 .4", here: "refused", there: "read" },
    explains: (range) => /\s-\s+v?[\dxX*][^\s,|]*\s+[^\s,|]/.test(range),
  },
  {
    title: "`==` is read as `=`.",
    example: { range: "==0.3.4", here: "read", there: "refused" },
    explains: (range) => /==/.test(range),
  },
  {
    title: "Numbers are exact at any size; there, they end at 64 bits.",
    example: { range: ">=18446744073709551616.0.0", here: "read", there: "refused" },
    explains: (range) => /\d{19}/.test(range),
  },
  {
    title: "More than 256 characters are refused.",
    example: { range: `>=0.3.4${" ,!=1.0.0".repeat(28)}`, here: "refused", there: "read" },
    explains: (range) => range.trim().length > 256,
  },
];
