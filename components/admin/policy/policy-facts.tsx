import { Card } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { Notice } from "@/components/ui/notice";
import type { Policy } from "@/lib/extension/policy/policy";

const PRESETS: Record<Policy["preset"], string> = {
  sdk: "As the extension SDK says",
  docker: "As Docker's own validator",
};

const UPDATES: Record<Policy["updates"], string> = {
  auto_within_envelope: "Listed while they do no more than was approved",
  manual: "Each one waits for a person",
  auto: "Listed whatever they do",
};

const BARE: Record<Policy["bareApiVersion"], string> = {
  minimum: "That version or newer",
  exact: "That version only",
};

/** The policy for those who may read but not change it. */
export function PolicyFacts({ policy }: { policy: Policy }) {
  const changed = Object.entries(policy.severities);
  return (
    <>
      <Notice title="Only admins change the policy">Ask one of them if a rule gets in your way.</Notice>
      <Card>
        <DefinitionList
          items={[
            { term: "Checks", details: PRESETS[policy.preset] },
            { term: "New versions", details: UPDATES[policy.updates] },
            { term: "Bare requirement", details: BARE[policy.bareApiVersion] },
            {
              term: "Changed findings",
              details:
                changed.length === 0
                  ? "None"
                  : changed.map(([code, response]) => `${code}: ${response}`).join(", "),
            },
          ]}
        />
      </Card>
    </>
  );
}
