import type { Metadata } from "next";
import { loadFor } from "@/app/_page/page-context";
import { Refused } from "@/app/_page/refused";
import { submitExtension } from "@/app/(publisher)/publish/new/actions";
import { SubmitForm } from "@/components/publisher/submit-form";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { Page } from "@/components/ui/page";
import { authorize } from "@/lib/identity/permissions";
import { registries } from "@/lib/registry/registries";

export const metadata: Metadata = { title: "Submit an extension", robots: { index: false } };

const STEPS = [
  {
    title: "Checked in seconds",
    text: "We check your highest semver tag: labels, metadata.json and platforms. Each finding includes a fix.",
  },
  {
    title: "Reviewed by a person",
    text: "You see your position in the queue, and can reply, withdraw or push a fix at any time.",
  },
  {
    title: "Release with docker push",
    text: "After approval, new versions are listed automatically unless they need more access.",
  },
];

type NewSubmissionPageProps = { searchParams: Promise<{ repository?: string | string[] }> };

export default async function NewSubmissionPage({ searchParams }: NewSubmissionPageProps) {
  const [repository = ""] = [(await searchParams).repository].flat();
  const here =
    repository === "" ? "/publish/new" : `/publish/new?repository=${encodeURIComponent(repository)}`;
  const loaded = await loadFor(here, async ({ actor }) => authorize(actor, "submission.create"));
  return (
    <Page
      title="Submit an extension"
      lead="Submit an image repository once. It holds all versions of your extension."
      width="text"
      back={{ href: "/publish", label: "My submissions" }}
    >
      {loaded.kind === "refused" ? (
        <Refused error={loaded.error} />
      ) : (
        <>
          <Card>
            <SubmitForm action={submitExtension} repository={repository.slice(0, 2_000)} />
            <p className="mt-4 text-sm text-ink-soft">
              Not sure if it’s ready? <Link href="/check">Check an image</Link> first without submitting it.
            </p>
            <AllowedRegistries hosts={[...(registries.peek()?.keys() ?? [])]} />
          </Card>
          <NextSteps />
        </>
      )}
    </Page>
  );
}

function AllowedRegistries({ hosts }: { hosts: string[] }) {
  if (hosts.length === 0) return null;
  return (
    <p className="mt-4 text-sm text-ink-soft">
      Allowed registries:{" "}
      {hosts.map((host, index) => (
        <span key={host}>
          {index > 0 ? ", " : null}
          <code className="font-mono text-ink">{host}</code>
        </span>
      ))}
    </p>
  );
}

function NextSteps() {
  return (
    <section aria-labelledby="next-steps">
      <h2 id="next-steps" className="text-lg font-semibold">
        What happens next
      </h2>
      <ol className="mt-3 grid gap-5 sm:grid-cols-3">
        {STEPS.map(({ title, text }, index) => (
          <li key={title}>
            <p className="font-medium">
              {index + 1}. {title}
            </p>
            <p className="mt-1 text-sm text-pretty text-ink-soft">{text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
