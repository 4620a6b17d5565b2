import { z } from "zod";
import { submissionSchema } from "@/lib/api/routes/submissions";
import { userSchema } from "@/lib/api/routes/users";
import { offerSchema, requirementSchema, versionSummarySchema } from "@/lib/api/schemas/catalog";
import { findingSchema } from "@/lib/api/schemas/common";
import { capabilitiesSchema, metadataSchema, platformSchema } from "@/lib/api/schemas/image";
import { problemSchema } from "@/lib/api/schemas/problem";
import { supplyChainSchema } from "@/lib/api/schemas/supply-chain";
import { policySchema } from "@/lib/extension/policy/policy";

/** Shared schemas, by their names in the document. */
const NAMED = {
  Problem: problemSchema,
  VersionSummary: versionSummarySchema,
  Requirement: requirementSchema,
  Platform: platformSchema,
  Capabilities: capabilitiesSchema,
  Metadata: metadataSchema,
  SupplyChain: supplyChainSchema,
  Offer: offerSchema,
  Finding: findingSchema,
  Submission: submissionSchema,
  User: userSchema,
  Policy: policySchema,
} as const satisfies Record<string, z.ZodType>;

const PREFIX = "#/components/schemas/";

/** Adds our schema names to the descriptions that `describe` registered globally. */
class NameRegistry extends z.core.$ZodRegistry<{ id?: string; description?: string }> {
  override get<S extends z.core.$ZodType>(schema: S) {
    const described = z.globalRegistry.get(schema)?.description;
    const named = super.get(schema);
    const meta = { ...(described === undefined ? {} : { description: described }), ...named };
    return Object.keys(meta).length === 0 ? undefined : meta;
  }
}

export type SchemaWriter = {
  /** The JSON schema, with references to the named schemas. */
  write(schema: z.core.$ZodType, io: "input" | "output"): Record<string, unknown>;
  /** The named schemas referenced so far. */
  components(): Record<string, unknown>;
};

/** Requests and responses have separate named schemas, because only request schemas forbid additional properties. */
export function schemaWriter(): SchemaWriter {
  const registry = new NameRegistry();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  const used = new Map<string, unknown>();
  return {
    write(schema, io) {
      const suffix = io === "input" ? "Input" : "";
      const made: unknown = JSON.parse(
        JSON.stringify(
          z.toJSONSchema(z.object({ root: schema }), {
            io,
            metadata: registry,
            unrepresentable: "any",
            reused: "inline",
            override: ({ jsonSchema }) => {
              if (io === "output" && jsonSchema.additionalProperties === false)
                delete jsonSchema.additionalProperties;
            },
          }),
        ),
        (key, value) => (key === "$ref" ? String(value).replace("#/$defs/", PREFIX) + suffix : value),
      );
      const { properties, $defs = {} } = asRoot(made);
      for (const [name, { id: _id, ...definition }] of Object.entries($defs))
        used.set(name + suffix, definition);
      return properties.root;
    },
    components: () => Object.fromEntries([...used].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

type Root = {
  properties: { root: Record<string, unknown> };
  $defs?: Record<string, Record<string, unknown>>;
};

/** Sound because zod writes an object's schema in this shape. */
function asRoot(made: unknown): Root {
  return made as Root;
}
