/** Generates an example for a JSON schema: likely values by name, otherwise the simplest valid value. */

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Schema = Readonly<Record<string, unknown>>;

const DIGEST = `sha256:${"4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"}`;

const BY_NAME: Readonly<Record<string, Json>> = {
  repository: "acme/disk-lens",
  replacement: "acme/disk-lens-2",
  reference: `acme/disk-lens@${DIGEST}`,
  publisher: "acme",
  tag: "1.2.0",
  version: "1.2.0",
  digest: DIGEST,
  expectedDigest: DIGEST,
  sha256: DIGEST.slice("sha256:".length),
  key: "acme_disk-lens",
  title: "Disk Lens",
  description: "Shows what fills the disk.",
  vendor: "Acme Inc.",
  reason: "Needed by the platform team.",
  message: "A sentence for people.",
  suggestion: "The next step.",
  name: "Ada Lovelace",
  email: "ada@acme.example",
  password: "correct horse battery staple",
  desktop: "4.44.0",
  minimumDesktop: "4.44.0",
  maximumDesktop: "4.41.2",
  api: "0.4.2",
  apiVersion: "0.4.2",
  composeVersion: "2.40.3",
  arch: "arm64",
  architecture: "arm64",
  platform: "linux/arm64",
  os: "darwin",
  range: "^1",
  q: "disk",
  cursor: "WyJ0aXRsZSJd",
  next: null,
  source: "https://docs.example/release-notes",
  releasedOn: "2025-08-08",
  mediaType: "application/vnd.oci.image.index.v1+json",
  url: "https://acme.example/disk-lens",
  id: "0192f0c1-7a5e-7c3a-9d2b-5f1e8a4c6b70",
  requestId: "k3v9x2-1f",
  code: "needs_newer_desktop",
  type: "urn:gantry:problem:not_found",
  detail: "What happened, and why.",
  token: "gtry_4kX…",
  hash: DIGEST.slice("sha256:".length),
  subjectId: "acme/disk-lens",
  action: "entry.changed",
};

const INSTANT = "2026-11-20T10:00:00Z";
const DEPTH_MAX = 12;

type Named = Readonly<Record<string, unknown>>;

/** Deterministic. `named`: schemas that can be referenced. `name` is the field's or parameter's name. */
export function exampleValue(schema: unknown, named: Named, name = ""): Json {
  return new Exampler(named).valueOf(schema, name, 0);
}

class Exampler {
  constructor(private readonly named: Named) {}

  valueOf(schema: unknown, name: string, depth: number): Json {
    if (!isSchema(schema) || depth > DEPTH_MAX) return null;
    if (typeof schema.$ref === "string") return this.valueOf(this.named[lastPart(schema.$ref)], name, depth);
    if ("const" in schema) return asJson(schema.const);
    if (Array.isArray(schema.enum)) return asJson(schema.enum[0]);
    if (schema.default !== undefined) return asJson(schema.default);
    const branches = schema.anyOf ?? schema.oneOf;
    if (Array.isArray(branches)) return this.ofBranches(branches, name, depth);
    return this.ofType(schema, name, depth);
  }

  private ofType(schema: Schema, name: string, depth: number): Json {
    const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== "null") : schema.type;
    switch (type) {
      case "object":
        return this.ofObject(schema, depth);
      case "array":
        return [this.valueOf(schema.items, name, depth + 1)];
      case "string":
        return ofText(schema, name);
      case "integer":
      case "number":
        return typeof schema.minimum === "number" ? Math.max(schema.minimum, 1) : 1;
      case "boolean":
        return true;
      default:
        return null;
    }
  }

  private ofObject({ properties, required }: Schema, depth: number): Json {
    if (!isSchema(properties)) return {};
    const needed = new Set(Array.isArray(required) ? required : []);
    // Optional fields below the first level would only make examples longer.
    const shown = Object.entries(properties).filter(([key]) => depth < 2 || needed.has(key));
    return Object.fromEntries(shown.map(([key, value]) => [key, this.valueOf(value, key, depth + 1)]));
  }

  /** Prefers a branch that is not null. */
  private ofBranches(branches: readonly unknown[], name: string, depth: number): Json {
    const said = branches.find((branch) => isSchema(branch) && branch.type !== "null");
    return name === "next" ? null : this.valueOf(said ?? branches[0], name, depth);
  }
}

function ofText({ format, pattern }: Schema, name: string): Json {
  if (format === "date-time") return INSTANT;
  if (format === "date") return INSTANT.slice(0, 10);
  if (format === "uuid") return BY_NAME.id ?? null;
  if (format === "uri") return "https://acme.example/disk-lens";
  const known = BY_NAME[name];
  const likely = [...(typeof known === "string" ? [known] : []), "text", "42"];
  const fits = typeof pattern === "string" ? new RegExp(pattern) : /./;
  return likely.find((text) => fits.test(text)) ?? "text";
}

function lastPart(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf("/") + 1);
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Sound because JSON Schema's own values are JSON. */
function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null));
}
