import type { ReactNode } from "react";
import { buttonClasses } from "@/components/ui/button";
import { Command } from "@/components/ui/command";
import { Icon } from "@/components/ui/icon";
import { DOCKER_HUB, looksLikeHost } from "@/lib/extension/reference/registry-host";

export type Installable = {
  /** The familiar name. */
  repository: string;
  tag: string;
  digest: string;
  /** The tag no longer leads to this digest: it moved, or the registry has it no more. */
  tagLost: boolean;
};

/** How to install exactly what was reviewed, and what each way asks of Docker Desktop. */
export function Install(installable: Installable) {
  const byDigest = <ByDigest {...installable} />;
  const host = registryOf(installable.repository);
  return (
    <div className="space-y-4">
      {installable.tagLost ? (
        byDigest
      ) : (
        <>
          <ByTag {...installable} />
          <Unfold title="Install by digest: exactly the reviewed content">{byDigest}</Unfold>
        </>
      )}
      <Unfold title="What Docker Desktop has to allow">
        <Allowances host={host} />
      </Unfold>
      {host === DOCKER_HUB ? <DesktopLink repository={installable.repository} /> : null}
    </div>
  );
}

function ByTag({ repository, tag }: Installable) {
  return (
    <div className="space-y-2">
      <Command command={`docker extension install ${repository}:${tag}`} label="Copy the install command" />
      <p className="text-sm text-pretty text-ink-soft">
        Already installed?{" "}
        <code className="font-mono break-all text-ink select-all">
          docker extension update {repository}:{tag}
        </code>
      </p>
    </div>
  );
}

function ByDigest({ repository, digest }: Installable) {
  return (
    <div className="space-y-2">
      <Command
        command={`docker extension install ${repository}@${digest}`}
        label="Copy the install command by digest"
      />
      <p className="text-sm text-pretty text-ink-soft">
        A digest names the content itself, so a tag that moves later changes nothing.
      </p>
    </div>
  );
}

function Allowances({ host }: { host: string }) {
  return (
    <ul className="list-disc space-y-2 ps-5 text-sm text-pretty marker:text-ink-soft">
      <li>
        Extensions are on: <Setting>extensionsEnabled</Setting>, in Settings, Extensions.
      </li>
      <li>
        Docker Desktop 4.31 and newer refuse these commands for images outside Docker's own marketplace until{" "}
        <Setting>onlyMarketplaceExtensions</Setting> is <Setting>false</Setting>: untick “Allow only
        extensions distributed through the Docker Marketplace”. Where an admin locked it, ask for{" "}
        <Setting>admin-settings.json</Setting> to be changed.
      </li>
      <li>
        {host === DOCKER_HUB ? (
          <>Docker can pull from Docker Hub; for a private repository, run docker login first.</>
        ) : (
          <>
            Docker can pull from <Setting>{host}</Setting>; where it wants a password, run{" "}
            <Setting>docker login {host}</Setting> first.
          </>
        )}
      </li>
      <li>
        Extensions installed by command are marked “unpublished”, and Docker Desktop does not announce their
        updates. This catalog does.
      </li>
    </ul>
  );
}

/** Docker Desktop finds extensions of Docker Hub only, and of these the ones in the marketplace that it shows. */
function DesktopLink({ repository }: { repository: string }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line pt-4">
      <a
        href={`docker-desktop://extensions/marketplace?extensionId=${repository}`}
        className={buttonClasses("quiet", "small")}
      >
        <Icon name="external" className="size-4" />
        Open in Docker Desktop
      </a>
      <p className="min-w-0 flex-1 basis-60 text-sm text-pretty text-ink-soft">
        Works where the marketplace in your Docker Desktop has it: Docker's own, or with{" "}
        <Setting>extensionsPrivateMarketplace</Setting> your organisation's. It may offer another version.
      </p>
    </div>
  );
}

function Unfold({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="group">
      <summary className="inline-flex min-h-9 items-center gap-1.5 rounded-sm font-medium text-accent hover:text-accent-strong">
        <Icon name="chevron-right" className="size-4 group-open:rotate-90" />
        {title}
      </summary>
      <div className="mt-2">{children}</div>
    </details>
  );
}

function Setting({ children }: { children: ReactNode }) {
  return (
    <code className="rounded-sm bg-sunken px-1 py-0.5 font-mono text-[0.9em] break-all">{children}</code>
  );
}

function registryOf(repository: string): string {
  const [first = ""] = repository.split("/");
  return looksLikeHost(first) ? first : DOCKER_HUB;
}
