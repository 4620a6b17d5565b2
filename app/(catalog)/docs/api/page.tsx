import type { Metadata } from "next";
import { CatalogFrame } from "@/app/(catalog)/catalog-frame";
import { chosenHost, type SearchParams } from "@/app/(catalog)/catalog-request";
import { apiReference } from "@/app/(catalog)/docs/api/reference";
import { OperationDetails } from "@/components/reference/operation-details";
import { SchemaTable } from "@/components/reference/schema-table";
import { CodeBlock } from "@/components/ui/code-block";
import { Page } from "@/components/ui/page";
import { instanceUrl } from "@/lib/platform/instance-url";

export const metadata: Metadata = {
  title: "API",
  description: "Every operation of the HTTP API, with example requests to copy.",
};

export default async function ApiPage({ searchParams }: { searchParams: SearchParams }) {
  const chosen = await chosenHost(searchParams);
  const { groups, schemas } = apiReference();
  const origin = instanceUrl.get();
  return (
    <CatalogFrame chosen={chosen} here="/docs/api">
      <Page title="API" lead="Everything you can do here, you can do with the API.">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-8 lg:grid-cols-[12rem_minmax(0,1fr)]">
          <nav aria-label="On this page" className="lg:sticky lg:top-4 lg:self-start">
            <ul className="flex flex-wrap gap-x-4 lg:block">
              {[...groups.map(({ name }) => name), "Schemas"].map((name) => (
                <li key={name}>
                  <a
                    href={`#${anchorOf(name)}`}
                    className="inline-flex min-h-9 items-center text-accent hover:underline"
                  >
                    {name}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <div className="min-w-0 space-y-10">
            <Basics origin={origin} />
            {groups.map(({ name, operations }) => (
              <section key={name} aria-labelledby={anchorOf(name)} className="space-y-3">
                <h2 id={anchorOf(name)} className="scroll-mt-4 text-xl font-semibold tracking-tight">
                  {name}
                </h2>
                {operations.map((operation) => (
                  <OperationDetails key={operation.id} operation={operation} origin={origin} />
                ))}
              </section>
            ))}
            <section aria-labelledby="schemas" className="space-y-6">
              <h2 id="schemas" className="scroll-mt-4 text-xl font-semibold tracking-tight">
                Schemas
              </h2>
              {schemas.map(({ name, schema }) => (
                <div key={name} id={`schema-${name}`} className="scroll-mt-4 space-y-2">
                  <h3 className="font-semibold">{name}</h3>
                  <SchemaTable schema={schema} />
                </div>
              ))}
            </section>
          </div>
        </div>
      </Page>
    </CatalogFrame>
  );
}

function Basics({ origin }: { origin: string }) {
  return (
    <div className="max-w-2xl space-y-3 text-pretty">
      <p>
        Public reads require no account, work from any website, and support conditional requests (ETag, 304).
        Missing values are null; times are RFC 3339 in UTC. Errors are problem details (RFC 9457) with a
        stable <code>code</code> and the next step.
      </p>
      <p>Everything else requires an API token. Create one in your account and send it with each request:</p>
      <CodeBlock
        label="A request with an API token"
        code={`curl -fsS ${origin}/api/v1/submissions \\\n  -H "Authorization: Bearer $GANTRY_TOKEN"`}
      />
      <p>
        For generators and clients:{" "}
        <a href="/api/v1/openapi.json" className="text-accent underline underline-offset-2">
          OpenAPI 3.1 document
        </a>
        .
      </p>
    </div>
  );
}

function anchorOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}
