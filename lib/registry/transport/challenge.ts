/** An authentication challenge from `WWW-Authenticate` (RFC 9110, 11.6.1; Distribution token specification). */
export type Challenge =
  | BearerChallenge
  | { scheme: "basic" }
  /** Unsupported; the names of the schemes, for the message. */
  | { scheme: "other"; names: string[] };

export type BearerChallenge = {
  scheme: "bearer";
  realm: string;
  service: string | undefined;
  /** What the registry wants the token to permit, such as `repository:acme/disk-lens:pull`. */
  scope: string | undefined;
  /** Why a token was refused, such as `invalid_token` (RFC 6750, 3.1). */
  error: string | undefined;
};

/** The strongest supported challenge among all header lines: Bearer, else Basic. Undefined if there is no challenge. */
export function parseChallenge(lines: string[]): Challenge | undefined {
  const offers = lines.flatMap(parseLine);
  const bearer = offers.find((each) => each.scheme === "bearer" && each.parameters.has("realm"));
  if (bearer !== undefined) {
    const { parameters } = bearer;
    const [realm = "", service, scope, error] = ["realm", "service", "scope", "error"].map((name) =>
      parameters.get(name),
    );
    return { scheme: "bearer", realm, service, scope, error };
  }
  if (offers.some((each) => each.scheme === "basic")) return { scheme: "basic" };
  return offers.length === 0 ? undefined : { scheme: "other", names: offers.map((each) => each.scheme) };
}

type Offer = { scheme: string; parameters: Map<string, string> };

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

/** A parameter, or a scheme (with an optional token68 after it, which is ignored), at the start of the rest. */
const PARAMETER = new RegExp(`^(${TOKEN})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${TOKEN}))`);
const SCHEME = new RegExp(`^(${TOKEN})(?:\\s+|(?=,)|$)(?:[A-Za-z0-9._~+/-]+=*(?=\\s*(?:,|$)))?`);
const SEPARATORS = /^[\s,]+/;

function parseLine(line: string): Offer[] {
  const offers: Offer[] = [];
  for (let rest = line.replace(SEPARATORS, ""); rest !== ""; rest = rest.replace(SEPARATORS, "")) {
    const parameter = PARAMETER.exec(rest);
    const scheme = parameter === null ? SCHEME.exec(rest) : null;
    if (parameter !== null) addParameter(offers.at(-1), parameter);
    else if (scheme?.[1] !== undefined)
      offers.push({ scheme: scheme[1].toLowerCase(), parameters: new Map() });
    // The rest cannot be parsed; what was parsed before it still counts.
    else return offers;
    rest = rest.slice((parameter ?? scheme)?.[0].length);
  }
  return offers;
}

/** The first of several values counts. */
function addParameter(offer: Offer | undefined, [, name = "", quoted, plain]: RegExpExecArray): void {
  const key = name.toLowerCase();
  if (offer === undefined || offer.parameters.has(key)) return;
  offer.parameters.set(key, quoted === undefined ? (plain ?? "") : quoted.replace(/\\(.)/g, "$1"));
}
