import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { EntryDetail } from "@/lib/marketplace/entries/get-entry";

/** The registry refuses the repository: what that means so far, for whoever keeps the allow-list. */
export function RefusalNotice({ refusal }: Pick<EntryDetail, "refusal">) {
  if (refusal === null) return null;
  const { message, since, times, public: told } = refusal;
  return (
    <Notice tone="warning" title="The registry refuses this repository">
      {message} That was its answer {times === 1 ? "once" : `${times} times in a row`}, first{" "}
      <Time at={since} />.{" "}
      {told
        ? "The extension's page says so; what was accepted stays listed by its digest."
        : "Visitors are told when it has been so three times over at least a day."}{" "}
      The next scan that succeeds ends this.
    </Notice>
  );
}
