import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { EntryDetail } from "@/lib/marketplace/entries/get-entry";

/** The registry denies access to the repository: since when, and what visitors see. */
export function UnavailabilityNotice({ refusal }: Pick<EntryDetail, "refusal">) {
  if (refusal === null) return null;
  const { message, since, times, public: isPublic } = refusal;
  return (
    <Notice tone="warning" title="The registry denies access to this repository">
      {message} It has denied access {times === 1 ? "once" : `${times} times in a row`}, first{" "}
      <Time at={since} />.{" "}
      {isPublic
        ? "The extension’s page shows a notice. Accepted versions stay listed by digest."
        : "The extension’s page shows a notice once access has been denied three times over at least a day."}{" "}
      The next successful scan clears this notice.
    </Notice>
  );
}
