import { BrokenLinkList } from "@/components/report/broken-link-list";
import { Notice } from "@/components/ui/notice";
import type { EntryDetail } from "@/lib/marketplace/entries/get-entry";

/** Broken images and links, for information: the publisher sees them too, and no decision is needed. */
export function BrokenLinksNotice({ deadMedia }: Pick<EntryDetail, "deadMedia">) {
  if (deadMedia.length === 0) return null;
  return (
    <Notice tone="warning" title="This extension has broken images or links">
      <BrokenLinkList deadMedia={deadMedia} />
      The extension’s page still shows the images that Gantry stored. Its publisher sees this notice on the
      submission’s page. It disappears when the URLs work again or a new version replaces them.
    </Notice>
  );
}
