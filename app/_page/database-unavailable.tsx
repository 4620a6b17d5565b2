import { Notice } from "@/components/ui/notice";

export function DatabaseUnavailable() {
  return (
    <Notice tone="warning" title="Database unavailable">
      Try again in a few seconds. The public API still works.
    </Notice>
  );
}
