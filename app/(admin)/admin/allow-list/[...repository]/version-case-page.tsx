import { listingMedia } from "@/app/_page/listing-media";
import { loadFor } from "@/app/_page/page-context";
import { Refused } from "@/app/_page/refused";
import { decideVersion } from "@/app/(admin)/admin/version-action";
import { entryHref, versionCaseHref } from "@/components/admin/entry-address";
import { CaseEvidence } from "@/components/admin/review/case-evidence";
import { VersionFacts } from "@/components/admin/versions/version-facts";
import { Page } from "@/components/ui/page";
import { getVersionCase, type VersionCase } from "@/lib/marketplace/versions/version-case";

type VersionCasePageProps = { repository: string; tag: string };

/** One version for reviewers: its image, and what changed since the last approval. */
export async function VersionCasePage({ repository, tag }: VersionCasePageProps) {
  const loaded = await loadFor(versionCaseHref(repository, tag), (ctx) =>
    getVersionCase(ctx, { repository, tag }),
  );
  const title = loaded.kind === "loaded" ? (loaded.value.version.title ?? repository) : repository;
  return (
    <Page
      title={`${title} ${tag}`}
      lead={<span className="break-all">{repository}</span>}
      back={{ href: entryHref(repository), label: "Allow-list entry" }}
      width="fill"
    >
      {loaded.kind === "refused" ? (
        <Refused error={loaded.error} />
      ) : (
        <VersionCaseFile found={loaded.value} from={versionCaseHref(repository, tag)} />
      )}
    </Page>
  );
}

function VersionCaseFile({ found, from }: { found: VersionCase; from: string }) {
  const { version, digest, report, comparedWith, ...compared } = found;
  const earlier = comparedWith && {
    ...comparedWith,
    tag: comparedWith.isEarlierInspection
      ? "the earlier inspection"
      : version.moved
        ? `the accepted ${comparedWith.tag}`
        : comparedWith.tag,
  };
  return (
    <div className="space-y-8">
      <VersionFacts version={version} digest={digest} report={report} action={decideVersion} from={from} />
      <CaseEvidence
        {...compared}
        comparedWith={earlier}
        report={report}
        media={report ? listingMedia(report) : undefined}
      />
    </div>
  );
}
