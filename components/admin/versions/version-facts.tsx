import { reportFacts } from "@/components/admin/case/case-facts";
import { VersionReason } from "@/components/admin/versions/entry-versions";
import { VersionActions } from "@/components/admin/versions/version-actions";
import { VersionStateBadges } from "@/components/admin/versions/version-state";
import { DigestText } from "@/components/text/digest-text";
import { Card } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import type { FormAction } from "@/components/ui/form-state";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import type { OpenVersion } from "@/lib/marketplace/versions/open-versions";

type VersionFactsProps = {
  version: OpenVersion;
  /** The image that is shown: the new one if the tag moved. */
  digest: string;
  report: InspectionReport | null;
  action: FormAction;
  /** The page to return to. */
  from: string;
};

/** The state of a version and its reason, its main facts, and the possible actions. */
export function VersionFacts({ version, digest, report, action, from }: VersionFactsProps) {
  const { repository, tag } = version;
  return (
    <Card className="space-y-5">
      <div className="space-y-2">
        <VersionStateBadges version={version} />
        <VersionReason version={version} />
      </div>
      <DefinitionList
        items={[
          {
            term: version.moved ? "New image" : "Image",
            details: (
              <>
                <code className="font-mono break-all">
                  {repository}:{tag}
                </code>
                <br />
                <DigestText digest={digest} copyLabel="Copy the digest of the image" whole />
              </>
            ),
          },
          ...(report ? reportFacts(report) : []),
        ]}
      />
      <VersionActions repository={repository} version={version} action={action} from={from} />
    </Card>
  );
}
