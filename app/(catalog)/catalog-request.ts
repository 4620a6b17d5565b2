/** The request of a catalog page: its query, and the Docker Desktop that the visitor chose. */

import { cookies } from "next/headers";
import { z } from "zod";
import type { CatalogQuery } from "@/components/catalog/catalog-address";
import { SORTS } from "@/lib/catalog/listing/list-order";
import {
  HOST_COOKIE,
  type HostChoice,
  parseHostChoice,
  parseHostCookie,
} from "@/lib/catalog/queries/host-choice";
import { CAPABILITY_NAMES } from "@/lib/extension/capabilities/capabilities";
import { isCategory } from "@/lib/extension/labels/categories";

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

export type ChosenHost = {
  /** The URL takes precedence over the cookie. */
  host: HostChoice | undefined;
  /** The choice again if the cookie differs, so that links must carry it. */
  carried: HostChoice | undefined;
};

/** Reads this cookie and no other, because anonymous pages are cached by URL and this choice. */
export async function chosenHost(searchParams: SearchParams): Promise<ChosenHost> {
  const { desktop, arch } = await searchParams;
  const inAddress = parseHostChoice(one(desktop), one(arch));
  const inCookie = parseHostCookie((await cookies()).get(HOST_COOKIE)?.value);
  const host = inAddress ?? inCookie;
  const differs = host?.desktop !== inCookie?.desktop || host?.architecture !== inCookie?.architecture;
  return { host, carried: differs ? host : undefined };
}

const text = (max: number) => z.string().trim().min(1).max(max).optional().catch(undefined);

const schema = z.object({
  q: text(256),
  category: z.string().refine(isCategory).optional().catch(undefined),
  publisher: text(255),
  capability: z.enum(CAPABILITY_NAMES).optional().catch(undefined),
  platform: z.enum(["linux/amd64", "linux/arm64"]).optional().catch(undefined),
  fits: z.literal("1").optional().catch(undefined),
  sort: z.enum(SORTS).optional().catch(undefined),
  cursor: text(2_048),
});

/** Ignores invalid parameters: people edit URLs, and old links live long. */
export async function catalogQuery(
  searchParams: SearchParams,
  { carried }: ChosenHost,
): Promise<CatalogQuery> {
  const given = Object.entries(await searchParams).map(([name, value]) => [name, one(value)]);
  const { fits, ...query } = schema.parse(Object.fromEntries(given));
  return { ...query, fits: fits !== undefined, host: carried };
}

export function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
