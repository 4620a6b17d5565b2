import type { ReactNode } from "react";
import type { Content, Operation } from "@/components/reference/api-reference";
import { curlCommand } from "@/components/reference/curl-command";
import { schemaRows } from "@/components/reference/schema-rows";
import { FieldList, SchemaTable } from "@/components/reference/schema-table";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";

const TONES: Readonly<Record<string, BadgeTone>> = { GET: "info", DELETE: "danger" };

/** One operation: its summary, with the details folded below. */
export function OperationDetails({ operation, origin }: { operation: Operation; origin: string }) {
  const { id, method, path, summary, parameters, body, answers, problems } = operation;
  const command = curlCommand(operation, origin);
  return (
    <details className="rounded-lg border border-line bg-surface">
      <summary className="rounded-lg px-4 py-2.5 hover:bg-sunken">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Badge tone={TONES[method] ?? "accent"}>{method}</Badge>
          <span className="min-w-0 font-mono text-sm break-all">{path}</span>
        </span>
        <span className="mt-1 block text-sm text-pretty text-ink-soft">{summary}</span>
      </summary>
      <div id={id} className="scroll-mt-4 space-y-5 border-t border-line px-4 py-4">
        <p className="text-sm text-pretty">{accessText(operation)}</p>
        <div className="flex items-start gap-1">
          <div className="min-w-0 flex-1">
            <CodeBlock label={`Request for ${id}`} code={command} />
          </div>
          <CopyButton text={command} label={`Copy the request for ${id}`} />
        </div>
        {parameters.length > 0 ? (
          <Part title="Parameters">
            <FieldList
              rows={parameters.map(({ name, place, required, schema, description }) => ({
                ...(schemaRows(schema, name)[0] ?? { type: "string", named: undefined }),
                place: place === "path" ? `{${name}}` : name,
                required,
                description: description ?? textOf(schema.description),
              }))}
            />
          </Part>
        ) : null}
        {body?.schema ? (
          <Part title="Body">
            <SchemaTable schema={body.schema} />
          </Part>
        ) : null}
        {answers.map(({ status, ...content }) => (
          <Answer key={status} status={status} {...content} />
        ))}
        {problems.length > 0 ? <Problems problems={problems} /> : null}
      </div>
    </details>
  );
}

function Answer({ status, description, contentType, schema, example }: Content & { status: string }) {
  return (
    <Part title={`${status}: ${description}`}>
      {contentType !== undefined && contentType !== "application/json" ? (
        <p className="text-sm">
          Format: <code className="font-mono">{contentType}</code>
        </p>
      ) : null}
      {schema ? <SchemaTable schema={schema} /> : null}
      {example === undefined ? null : (
        <details>
          <summary className="inline-flex min-h-9 items-center text-sm font-medium text-accent">
            Show example
          </summary>
          <CodeBlock label={`Example of ${status}`} code={JSON.stringify(example, null, 2)} />
        </details>
      )}
    </Part>
  );
}

function Problems({ problems }: Pick<Operation, "problems">) {
  return (
    <Part title="Errors">
      <ul className="space-y-1 text-sm text-pretty">
        {problems.map(({ status, words }) => (
          <li key={status}>
            <span className="font-medium">{status}</span>{" "}
            {words.split("`").map((part, index) => (index % 2 === 1 ? <Code key={part}>{part}</Code> : part))}
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="space-y-2">
      <h3 className="text-sm font-semibold">{title}</h3>
      {children}
    </div>
  );
}

function Code({ children }: { children: string }) {
  return <code className="font-mono break-all">{children}</code>;
}

function accessText({ needs, scope, limit }: Operation): string {
  const who = {
    nothing: "No account required; any website can read it.",
    maybe: "No account required; with one, you can do more.",
    token: `Requires an account: a session on this site, or an API token${scope === undefined ? "" : ` with the ${scope} scope`}.`,
  }[needs];
  if (limit === undefined) return who;
  return `${who} Rate limit per network: ${limit.perSecond} requests per second, with bursts of up to ${limit.burst}.`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
