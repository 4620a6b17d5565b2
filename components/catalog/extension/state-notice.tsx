import { extensionHref } from "@/components/catalog/catalog-address";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { ExtensionDocument, VersionDocument } from "@/lib/catalog/documents/documents";
import type { HostChoice } from "@/lib/catalog/queries/host-choice";

/** What stands in the way of the whole extension. */
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
        <Notice tone="warning" title="The publisher no longer maintains this extension">
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
          New versions appear at <Link href={extensionHref(movedTo, carried)}>{movedTo}</Link>.
        </Notice>
      ) : null}
    </>
  );
}

/** For everybody, and for the keepers of the allow-list. */
export function UnavailableNotice({
  unavailable: { message, since },
}: {
  unavailable: NonNullable<ExtensionDocument["unavailable"]>;
}) {
  return (
    <Notice tone="warning" title="The registry does not show this extension at present">
      {message} It has been so since <Time at={since} />, and installing may fail. What was accepted stays
      listed by its digest; this notice goes when the registry shows it again.
    </Notice>
  );
}

function EntryNotice({ entry: { state, expiresAt } }: Pick<ExtensionDocument, "entry">) {
  switch (state) {
    case "active":
      return null;
    case "suspended":
      return (
        <Notice tone="problem" title="Suspended here for the time being">
          The reviewers stopped it while they look into something. Nothing may be installed until they resume
          it.
        </Notice>
      );
    case "expired":
      return (
        <Notice tone="problem" title="The approval has run out">
          {expiresAt ? (
            <>
              It ended <Time at={expiresAt} />.{" "}
            </>
          ) : null}
          Ask a reviewer of this Gantry to renew it.
        </Notice>
      );
    case "revoked":
      return (
        <Notice tone="problem" title="No longer approved here">
          Its publisher can submit it again. If you have it installed, think about removing it.
        </Notice>
      );
  }
}

/** What stands in the way of one version. */
export function VersionNotices({ version }: { version: VersionDocument }) {
  const { visibility, reason, moved, missingSince, tag } = version;
  return (
    <>
      {visibility === "yanked" ? (
        <Notice tone="problem" title="This version was withdrawn">
          {reason?.message} It is not offered any more; choose another version.
        </Notice>
      ) : null}
      {visibility === "blocked" ? (
        <Notice tone="problem" title="This version is blocked">
          {reason?.message} The block is on the image, in every repository. If you have it installed, remove
          it or change to another version.
        </Notice>
      ) : null}
      {visibility === "listed" && reason ? (
        <Notice tone="warning" title="This version is not offered">
          {reason.message}
        </Notice>
      ) : null}
      {moved ? (
        <Notice tone="warning" title={`The tag ${tag} now points to other content`}>
          Seen <Time at={moved.seenAt} />. What was reviewed is still what this page describes; install it by
          its digest.
        </Notice>
      ) : null}
      {missingSince && !moved ? (
        <Notice tone="warning" title={`The registry no longer has the tag ${tag}`}>
          Since <Time at={missingSince} />. It may still be there by its digest.
        </Notice>
      ) : null}
    </>
  );
}
