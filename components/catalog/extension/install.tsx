import type { ReactNode } from "react";
import { buttonClasses } from "@/components/ui/button";
import { Command } from "@/components/ui/command";
import { Fold } from "@/components/ui/fold";
import { Icon } from "@/components/ui/icon";
import { DOCKER_HUB, looksLikeHost } from "@/lib/extension/reference/registry-host";

export type Installable = {
  /** The familiar name. */
  repository: string;
  tag: string;
  digest: string;
  /** The tag no longer points to this digest: it moved, or the registry deleted it. */
  tagLost: boolean;
};

/** How to install the reviewed image, and the Docker Desktop settings that this requires. */
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
          <Fold title="Pin to the exact reviewed image">{byDigest}</Fold>
        </>
      )}
      <Fold title="Before you install: Docker Desktop settings">
        <Allowances host={host} />
      </Fold>
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
        A digest always points to the same image, even if the tag is moved later.
      </p>
    </div>
  );
}

function Allowances({ host }: { host: string }) {
  return (
    <ul className="list-disc space-y-2 ps-5 text-sm text-pretty marker:text-ink-soft">
      <li>
        Turn on extensions in Settings → Extensions (<Setting>extensionsEnabled</Setting>). Docker Desktop
        4.74 and later turn them off by default.
      </li>
      <li>
        Docker Desktop 4.31 and later block this command by default. In Settings → Extensions, clear{" "}
        <strong>Allow only extensions distributed through the Docker Marketplace</strong> (
        <Setting>onlyMarketplaceExtensions</Setting>). If it’s grayed out, ask your Docker administrator to
        change it in Docker Home or in <Setting>admin-settings.json</Setting>.
      </li>
      <li>
        {host === DOCKER_HUB ? (
          <>
            For a private repository on Docker Hub, run <Setting>docker login</Setting> first.
          </>
        ) : (
          <>
            If <Setting>{host}</Setting> requires a password, run <Setting>docker login {host}</Setting>{" "}
            first.
          </>
        )}
      </li>
      <li>
        Docker Desktop won’t notify you about updates to extensions installed this way. Check for updates here
        instead.
      </li>
    </ul>
  );
}

/** Docker Desktop only opens extensions on Docker Hub that are in its own marketplace. */
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
        Opens the extension in Docker Desktop, if your Docker Desktop’s marketplace carries it. The version
        there may differ.
      </p>
    </div>
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
