import { rankCapabilities } from "@/components/report/capability-level";
import { byteSize } from "@/components/text/byte-size";
import { Icon } from "@/components/ui/icon";
import { visible } from "@/lib/extension/text/quoted";
import type { MetadataProvisional } from "@/lib/inspection/progress";

const SHOWN_MAX = 6;

/** The title and capabilities while higher layers are still being read. */
export function ProvisionalMetadata({
  provisional: { title, capabilities, layerBytes },
}: {
  provisional: MetadataProvisional;
}) {
  const ranked = rankCapabilities(capabilities);
  const left = ranked.length - SHOWN_MAX;
  const where =
    layerBytes === 0 ? "in layers that were read before" : `in the smallest layers (${byteSize(layerBytes)})`;
  return (
    <li className="flex gap-3">
      <Icon name="clock" className="mt-0.5 size-5 text-ink-soft" />
      <div className="min-w-0">
        <p className="break-words">
          Provisional metadata.json:{" "}
          <strong className="font-medium">
            <bdi>{title === null ? "no dashboard tab" : visible(title, 80)}</bdi>
          </strong>
        </p>
        <ul className="mt-1 list-disc space-y-0.5 ps-5 text-sm text-pretty text-ink-soft">
          {ranked.slice(0, SHOWN_MAX).map(({ key, words }) => (
            <li key={key} className="break-words">
              {words}
            </li>
          ))}
          {left > 0 ? <li>and {left} more</li> : null}
        </ul>
        <p className="mt-1 text-sm text-pretty text-ink-soft">
          Found {where}. Reading the higher layers to confirm it.
        </p>
      </div>
    </li>
  );
}
