import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { IconName } from "@/components/ui/icon";
import type { CredentialsView } from "@/lib/marketplace/registry-credentials/list-credentials";

type State = CredentialsView["state"];
type Look = { tone: BadgeTone; icon: IconName; label: string };

const LOOKS: Record<State, Look> = {
  untested: { tone: "neutral", icon: "question", label: "Not used yet" },
  working: { tone: "success", icon: "check-circle", label: "Works" },
  refused: { tone: "danger", icon: "x-circle", label: "Refused" },
  unopened: { tone: "danger", icon: "lock", label: "Cannot be opened" },
  overridden: { tone: "neutral", icon: "info", label: "Overridden" },
  not_allowed: { tone: "warning", icon: "ban", label: "Registry not allowed" },
};

/** What the state means, where its label does not say it. */
const MEANINGS: Partial<Record<State, string>> = {
  refused: "Gantry reads without them in the meantime, so private repositories fail.",
  unopened:
    "They were sealed with another key. Gantry reads without them in the meantime. Replace them, or add the earlier key to GANTRY_CREDENTIAL_KEYS.",
  overridden: "The environment provides others for the same place.",
  not_allowed: "Gantry does not send them. Add the host to GANTRY_REGISTRIES, or remove them.",
};

export function CredentialsState({ state }: Pick<CredentialsView, "state">) {
  const { tone, icon, label } = LOOKS[state];
  return (
    <>
      <Badge tone={tone} icon={icon}>
        {label}
      </Badge>
      {MEANINGS[state] ? <p className="mt-1 text-sm text-ink-soft">{MEANINGS[state]}</p> : null}
    </>
  );
}
