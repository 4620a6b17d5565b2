import type { ReactNode } from "react";
import { entryHref, versionCaseHref } from "@/components/admin/entry-address";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { ReinspectedImage, Reinspection } from "@/lib/marketplace/reinspection/progress";

/** The progress of the re-inspection after an upgrade; renders nothing without one. */
export function ReinspectionProgress({ reinspection }: { reinspection: Reinspection }) {
  const { total, done, changed, failing, changes, failures } = reinspection;
  if (total === 0) return null;
  const finished = done === total;
  return (
    <Notice
      tone={failing > 0 ? "warning" : finished ? "success" : "info"}
      title={`Re-inspected ${done} of ${total}: ${changed} changed, ${failing} couldn’t be checked`}
    >
      <p>
        This release has newer inspection rules.{" "}
        {finished
          ? "All listed and waiting images were re-inspected."
          : "Listed and waiting images are re-inspected in the background. Listed versions stay listed until then."}
      </p>
      {changes.length > 0 ? (
        <Details summary={`Changed reports (${changed})`}>
          {changes.map((image) => (
            <li key={`${image.repository} ${image.digest}`}>
              <ImageName image={image} />
            </li>
          ))}
        </Details>
      ) : null}
      {failures.length > 0 ? (
        <Details summary={`Couldn’t be checked (${failing})`}>
          {failures.map(({ error, retryAt, ...image }) => (
            <li key={`${image.repository} ${image.digest}`}>
              <ImageName image={image} />: {error?.message}
              {retryAt === null ? null : (
                <>
                  {" "}
                  Next retry <Time at={retryAt} />.
                </>
              )}
            </li>
          ))}
        </Details>
      ) : null}
    </Notice>
  );
}

function Details({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <details className="group/part mt-1">
      <summary className="flex min-h-9 items-center gap-2 font-medium">
        <Icon name="chevron-right" className="size-4 group-open/part:rotate-90" />
        {summary}
      </summary>
      <ul className="list-disc space-y-1 ps-6 pb-1">{children}</ul>
    </details>
  );
}

function ImageName({ image: { repository, versions } }: { image: ReinspectedImage }) {
  return (
    <>
      <Link href={entryHref(repository)}>{repository}</Link>
      {versions.map(({ tag, visibility }) => (
        <span key={tag}>
          {" "}
          <Link href={versionCaseHref(repository, tag)}>{tag}</Link> ({visibility})
        </span>
      ))}
    </>
  );
}
