import { DeadMediaList } from "@/components/report/dead-media-list";
import { Notice } from "@/components/ui/notice";
import type { EntryDetail } from "@/lib/marketplace/entries/get-entry";

/** For whoever keeps the allow-list: the publisher is told too, and nothing has to be decided. */
export function DeadMediaNotice({ deadMedia }: Pick<EntryDetail, "deadMedia">) {
  if (deadMedia.length === 0) return null;
  return (
    <Notice tone="warning" title="Pictures or links of this extension are dead">
      <DeadMediaList deadMedia={deadMedia} />
      The extension’s page goes on showing the pictures that Gantry stored. Its publisher is told on the
      submission’s page; a new version, or the addresses coming back, ends this.
    </Notice>
  );
}
