import { Card } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { Notice } from "@/components/ui/notice";
import type { Policy } from "@/lib/extension/policy/policy";

const PRESETS: Record<Policy["preset"], string> = {
  sdk: "Basic: block only what can’t work",
  docker: "Strict: same rules as Docker’s validator",
};

const UPDATES: Record<Policy["updates"], string> = {
  auto_within_envelope: "List automatically if access doesn’t grow",
  manual: "Review every version",
  auto: "List everything automatically",
};

const BARE: Record<Policy["bareApiVersion"], string> = {
  minimum: "That version or later",
  exact: "Exactly that version",
};

/** The policy, read-only, for reviewers. */
export function PolicyFacts({ policy }: { policy: Policy }) {
  const changed = Object.entries(policy.severities);
  return (
    <>
      <Notice title="Only admins can change the policy">Ask an admin if a rule needs to change.</Notice>
      <Card>
        <DefinitionList
          items={[
            { term: "Checks", details: PRESETS[policy.preset] },
            { term: "New versions", details: UPDATES[policy.updates] },
            { term: "API version without an operator", details: BARE[policy.bareApiVersion] },
            {
              term: "Changed checks",
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
