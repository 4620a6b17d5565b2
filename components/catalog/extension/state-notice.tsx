import { extensionHref } from "@/components/catalog/catalog-address";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { ExtensionDocument, VersionDocument } from "@/lib/catalog/documents/documents";
import type { HostChoice } from "@/lib/catalog/queries/host-choice";

/** Notices about the extension: suspended, unavailable, deprecated or moved. */
export function ExtensionNotices({
  extension,
  carried,
}: {
  extension: ExtensionDocument;
  carried: HostChoice | undefined;
}) {
  const { deprecated, movedTo, unavailable, entry } = extension;
  return (
    <>
      <EntryNotice entry={entry} />
      {unavailable ? <UnavailableNotice unavailable={unavailable} /> : null}
      {deprecated ? (
        <Notice tone="warning" title="Deprecated: the publisher no longer maintains this extension">
          <p>
            <bdi>{deprecated.message}</bdi>
          </p>
          {deprecated.replacement ? (
            <p className="mt-1">
              Use <Link href={extensionHref(deprecated.replacement, carried)}>{deprecated.replacement}</Link>{" "}
              instead.
            </p>
          ) : null}
        </Notice>
      ) : null}
      {movedTo ? (
        <Notice tone="warning" title="This extension has moved">
          New versions are published at <Link href={extensionHref(movedTo, carried)}>{movedTo}</Link>.
        </Notice>
      ) : null}
    </>
  );
}

/** Shown to visitors and in the review console. */
export function UnavailableNotice({
  unavailable: { message, since },
}: {
  unavailable: NonNullable<ExtensionDocument["unavailable"]>;
}) {
  return (
    <Notice tone="warning" title="Unavailable in the registry">
      {message} The registry hasn’t returned this extension since <Time at={since} as="exact" />. Installing
      may fail. This notice disappears when the registry returns it again.
    </Notice>
  );
}

function EntryNotice({ entry: { state, expiresAt } }: Pick<ExtensionDocument, "entry">) {
  switch (state) {
    case "active":
      return null;
    case "suspended":
      return (
        <Notice tone="problem" title="Temporarily suspended">
          Reviewers are investigating a problem, so this extension can’t be installed for now.
        </Notice>
      );
    case "expired":
      return (
        <Notice tone="problem" title="Approval expired">
          {expiresAt ? (
            <>
              The approval expired on <Time at={expiresAt} as="day" />.{" "}
            </>
          ) : null}
          Ask a reviewer to renew it.
        </Notice>
      );
    case "revoked":
      return (
        <Notice tone="problem" title="Approval revoked">
          We recommend removing it if you have it installed.
        </Notice>
      );
  }
}

/** Notices about one version: withdrawn, blocked, not offered, or its tag moved or deleted. */
export function VersionNotices({ version }: { version: VersionDocument }) {
  const { visibility, reason, moved, missingSince, tag } = version;
  return (
    <>
      {visibility === "yanked" ? (
        <Notice tone="problem" title="This version was withdrawn">
          {reason?.message} Choose another version.
        </Notice>
      ) : null}
      {visibility === "blocked" ? (
        <Notice tone="problem" title="This version is blocked">
          {reason?.message} The block covers this image in every repository. If you have it installed, remove
          it or change to another version.
        </Notice>
      ) : null}
      {visibility === "listed" && reason ? (
        <Notice tone="warning" title="This version is not offered">
          {reason.message}
        </Notice>
      ) : null}
      {moved ? (
        <Notice tone="warning" title={`The ${tag} tag was changed after review`}>
          Noticed <Time at={moved.seenAt} />. This page describes the reviewed image; the command below
          installs it by digest.
        </Notice>
      ) : null}
      {missingSince && !moved ? (
        <Notice tone="warning" title={`The ${tag} tag was deleted from the registry`}>
          Missing since <Time at={missingSince} />. The image may still be available by digest.
        </Notice>
      ) : null}
    </>
  );
}
