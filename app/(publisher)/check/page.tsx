import type { Metadata } from "next";
import { checkImage } from "@/app/(publisher)/check/actions";
import { PreflightForm } from "@/components/preflight/preflight-form";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { Page } from "@/components/ui/page";
import { registries } from "@/lib/registry/registries";

export const metadata: Metadata = {
  title: "Check an image",
  description: "What a submission of an extension image would be told, without an account.",
};

type CheckPageProps = { searchParams: Promise<{ reference?: string | string[] }> };

export default async function CheckPage({ searchParams }: CheckPageProps) {
  const [reference = ""] = [(await searchParams).reference].flat();
  return (
    <Page
      title="Check an image"
      lead="Everything that a submission would be told, in seconds: no account, nothing pulled."
      width="text"
    >
      <Card>
        <PreflightForm action={checkImage} reference={reference.slice(0, 2_000)} />
      </Card>
      <AllowedRegistries hosts={[...(registries.peek()?.keys() ?? [])]} />
      <p className="text-sm text-pretty text-ink-soft">
        Before anything is pushed:{" "}
        <code className="font-mono whitespace-nowrap text-ink">npm run gantry -- inspect</code> checks a build
        where it lies. Ready? <Link href="/publish/new">Submit an extension</Link>
      </p>
    </Page>
  );
}

function AllowedRegistries({ hosts }: { hosts: string[] }) {
  if (hosts.length === 0) return null;
  return (
    <p className="text-sm text-pretty text-ink-soft">
      Images on {hosts.join(", ")} are read, as everybody sees them. The report has a link that works for a
      day.
    </p>
  );
}
