import path from "node:path";
import type { InspectionDocument } from "@/lib/catalog/documents/inspection-document";
import { createGuardedFetch } from "@/lib/egress/guarded-fetch";
import { networkSettings } from "@/lib/egress/network-settings";
import { formatReference, type Reference } from "@/lib/extension/reference/reference";
import { parseRepository, repositoryHost } from "@/lib/extension/reference/repository";
import { classifyTag, parseTag } from "@/lib/extension/reference/tag";
import type { MediaPort } from "@/lib/media/media-port";
import { readEnv } from "@/lib/platform/env";
import { openMediaAccess } from "@/lib/process/media-access";
import { createRegistryClient, type RegistryClient } from "@/lib/registry/client";
import { type LayoutPlace, openLayout } from "@/lib/registry/layout/layout";
import { egressRules, parseRegistries } from "@/lib/registry/registries";
import type { InspectArguments } from "@/scripts/gantry/inspect/inspect-arguments";

/** The report as it is printed. An image in a layout may have no name. */
export type ShownInspection = Omit<InspectionDocument, "repository"> & { repository: string | null };

export type InspectSource = {
  client: RegistryClient;
  media: MediaPort;
  reference: Reference;
  /** The layout's own tag, if it is a version. */
  tag: string | undefined;
  describe(document: InspectionDocument): ShownInspection;
  close(): Promise<void>;
};

/** Throws `AppError` for an unusable layout or invalid settings. */
export function openSource(
  { text, source, registries }: InspectArguments,
  folder: string,
): Promise<InspectSource> {
  return source.kind === "layout"
    ? layoutSource({ ...source.place, path: path.resolve(folder, source.place.path) }, text)
    : registrySource(source.reference, registries);
}

/** This command ignores all other settings of a server. */
const SETTINGS = ["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "NODE_EXTRA_CA_CERTS", "GANTRY_MEDIA_HOSTS"];

/** Without a list, the registry of the reference is allowed if it is public. The command never sends credentials. */
async function registrySource(reference: Reference, registries: string | undefined): Promise<InspectSource> {
  const { GANTRY_REGISTRIES } = process.env;
  const env = networkEnv();
  const table = parseRegistries(registries ?? (GANTRY_REGISTRIES || repositoryHost(reference.repository)));
  const fetch = createGuardedFetch({ ...egressRules(table), ...(await networkSettings(env)) });
  const media = await openMediaAccess(env);
  return {
    client: createRegistryClient({ fetch, registries: table }),
    media: media.port,
    reference,
    tag: undefined,
    describe: (document) => document,
    async close() {
      await fetch.close();
      await media.close();
    },
  };
}

function networkEnv() {
  const spelled = SETTINGS.flatMap((name) => [name, name.toLowerCase()]);
  return readEnv(Object.fromEntries(spelled.map((name) => [name, process.env[name]])));
}

/** An image that was never pushed has no repository; this placeholder is used while it is inspected. */
const UNNAMED = parseRepository("layout.invalid/image");

async function layoutSource(place: LayoutPlace, text: string): Promise<InspectSource> {
  const { client, digest, tag, repository, close } = await openLayout(place);
  const version = versionTag(tag);
  const media = await openMediaAccess(networkEnv());
  const named = repository === undefined ? null : formatReference({ repository });
  return {
    client,
    media: media.port,
    reference: { repository: repository ?? UNNAMED, digest },
    tag: version,
    describe: (document) => ({ ...document, reference: text, repository: named }),
    async close() {
      await close();
      await media.close();
    },
  };
}

/** Before a push, a tag that is not a version is not a finding. */
function versionTag(text: string | undefined): string | undefined {
  const tag = text === undefined ? undefined : parseTag(text);
  return tag !== undefined && classifyTag(tag).kind === "version" ? tag : undefined;
}
