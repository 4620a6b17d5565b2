/** The API reference as its page shows it. */

export type JsonSchema = Readonly<Record<string, unknown>>;

export type ApiReference = {
  groups: readonly { name: string; operations: readonly Operation[] }[];
  /** Schemas that several operations share. */
  schemas: readonly { name: string; schema: JsonSchema }[];
};

export type Operation = {
  id: string;
  method: string;
  path: string;
  summary: string;
  tag: string;
  /** Whether the operation requires authentication. */
  needs: "nothing" | "maybe" | "token";
  scope: string | undefined;
  limit: { perSecond: number; burst: number } | undefined;
  parameters: readonly Parameter[];
  body: Content | undefined;
  answers: readonly (Content & { status: string })[];
  problems: readonly { status: string; words: string }[];
};

export type Parameter = {
  name: string;
  place: "path" | "query";
  required: boolean;
  description?: string | undefined;
  schema: JsonSchema;
  example?: unknown;
};

export type Content = {
  description: string;
  contentType: string | undefined;
  schema: JsonSchema | undefined;
  example?: unknown;
};
