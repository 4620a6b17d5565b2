import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Refused } from "@/app/_page/refused";
import { currentViewer } from "@/app/_page/viewer";
import { CheckedMediaList } from "@/components/preflight/checked-media-list";
import { PreflightFacts } from "@/components/preflight/preflight-facts";
import { PreflightOutcomeNotice } from "@/components/preflight/preflight-outcome";
import { CapabilityList } from "@/components/report/capability-list";
import { FindingList } from "@/components/report/finding-list";
import { SupplyChainList } from "@/components/report/supply-chain-list";
import { buttonClasses } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { Page } from "@/components/ui/page";
import { Time } from "@/components/ui/time";
import { catalog } from "@/lib/catalog/catalog";
import { type InspectionDocument, inspectionHere } from "@/lib/catalog/documents/inspection-document";
import { ANONYMOUS } from "@/lib/journal/actor";
import { services } from "@/lib/journal/context";
import { type KeptPreflight, readSharedPreflight } from "@/lib/marketplace/preflight/shared-preflight";
import { type AppError, hasCode, isAppError } from "@/lib/platform/errors";

export const metadata: Metadata = { title: "Image report", robots: { index: false, follow: false } };

type ReportPageProps = { params: Promise<{ id: string }> };

const BACK = { href: "/check", label: "Check an image" };

export default async function ReportPage({ params }: ReportPageProps) {
  const { id } = await params;
  const loaded = await load(id);
  if ("error" in loaded) {
    return (
      <Page title="Image report" back={BACK} width="text">
        <Refused error={loaded.error} />
      </Page>
    );
  }
  const { kept, inspection } = loaded;
  const { repository, tag } = inspection;
  return (
    <Page
      title={tag === null ? repository : `${repository} ${tag}`}
      lead={
        <>
          Checked <Time at={kept.at} />. This link works until <Time at={kept.expiresAt} as="exact" />.
        </>
      }
      back={BACK}
      width="text"
      actions={<Actions inspection={inspection} />}
    >
      <Report inspection={inspection} />
    </Page>
  );
}

type InspectionProps = { inspection: InspectionDocument };

function Actions({ inspection }: InspectionProps) {
  return (
    <>
      <Link plain href={againPath(inspection)} className={buttonClasses("quiet")}>
        Check again
      </Link>
      {inspection.outcome === "needs_you" ? null : (
        <Link plain href={submitPath(inspection.repository)} className={buttonClasses()}>
          Submit this repository
        </Link>
      )}
    </>
  );
}

function Report({ inspection }: InspectionProps) {
  return (
    <>
      <PreflightOutcomeNotice inspection={inspection} />
      {inspection.findings.length === 0 ? null : (
        <section aria-labelledby="found" className="space-y-3">
          <h2 id="found" className="text-lg font-semibold">
            Findings
          </h2>
          <FindingList findings={inspection.findings} />
        </section>
      )}
      <Part title="Image details">
        <PreflightFacts inspection={inspection} />
      </Part>
      {inspection.media.length > 0 ? (
        <Part title="Images and links">
          <CheckedMediaList media={inspection.media} />
        </Part>
      ) : null}
      <Part title="Build and signatures">
        <SupplyChainList supplyChain={inspection.supplyChain} />
      </Part>
      {inspection.state === "inspected" ? (
        <Part title="Capabilities">
          <CapabilityList capabilities={inspection.capabilities} />
        </Part>
      ) : null}
    </>
  );
}

type Loaded = { kept: KeptPreflight; inspection: InspectionDocument } | { error: AppError };

async function load(id: string): Promise<Loaded> {
  try {
    const viewer = await currentViewer();
    const actor = viewer.kind === "user" ? viewer.session.actor : ANONYMOUS;
    const kept = await readSharedPreflight({ ...services.get(), actor }, { id });
    return { kept, inspection: await inspectionHere(kept, catalog.get().current()) };
  } catch (error) {
    if (hasCode(error, "not_found")) notFound();
    if (isAppError(error)) return { error };
    throw error;
  }
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="space-y-3">
      <h2 className="text-lg font-semibold">{title}</h2>
      <Card>{children}</Card>
    </section>
  );
}

function againPath({ repository, tag, digest }: InspectionDocument): string {
  const reference = tag === null ? `${repository}@${digest}` : `${repository}:${tag}`;
  return `/check?reference=${encodeURIComponent(reference)}`;
}

function submitPath(repository: string): string {
  return `/publish/new?repository=${encodeURIComponent(repository)}`;
}
