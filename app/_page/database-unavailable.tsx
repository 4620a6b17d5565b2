import { Notice } from "@/components/ui/notice";

export function DatabaseUnavailable() {
  return (
    <Notice tone="warning" title="The database does not answer">
      Try again in a few seconds. The public API still works.
    </Notice>
  );
}
