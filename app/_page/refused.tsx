import { DatabaseUnavailable } from "@/app/_page/database-unavailable";
import { Notice } from "@/components/ui/notice";
import type { AppError } from "@/lib/platform/errors";

/** The notice of a page that could not load its data. */
export function Refused({ error }: { error: AppError | undefined }) {
  if (error === undefined || error.code === "database_unavailable" || error.code === "starting") {
    return <DatabaseUnavailable />;
  }
  return (
    <Notice tone="warning" title={error.message}>
      {error.suggestion}
    </Notice>
  );
}
