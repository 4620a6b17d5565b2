import type { Metadata } from "next";
import { checkImage } from "@/app/(publisher)/check/actions";
import { PreflightForm } from "@/components/preflight/preflight-form";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { Page } from "@/components/ui/page";
import { registries } from "@/lib/registry/registries";

export const metadata: Metadata = {
  title: "Check an image",
  description: "See the full review report for any extension image. No account needed.",
};

type CheckPageProps = { searchParams: Promise<{ reference?: string | string[] }> };

export default async function CheckPage({ searchParams }: CheckPageProps) {
  const [reference = ""] = [(await searchParams).reference].flat();
  return (
    <Page
      title="Check an image"
      lead="See the full review report for any image in seconds. No account needed, and nothing is pulled."
      width="text"
    >
      <Card>
        <PreflightForm action={checkImage} reference={reference.slice(0, 2_000)} />
      </Card>
      <AllowedRegistries hosts={[...(registries.peek()?.keys() ?? [])]} />
      <p className="text-sm text-pretty text-ink-soft">
        Haven’t pushed yet? Check a local build with{" "}
        <code className="font-mono whitespace-nowrap text-ink">npm run gantry -- inspect</code>. Ready?{" "}
        <Link href="/publish/new">Submit an extension</Link>
      </p>
    </Page>
  );
}

function AllowedRegistries({ hosts }: { hosts: string[] }) {
  if (hosts.length === 0) return null;
  return (
    <p className="text-sm text-pretty text-ink-soft">
      Public images on {hosts.join(", ")} only. Your report link works for 24 hours.
    </p>
  );
}
