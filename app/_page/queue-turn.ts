import { headers } from "next/headers";
import { identity } from "@/lib/identity/identity";
import { CLIENT_IP_HEADER } from "@/lib/identity/requests/request-headers";
import { recognizeAccount } from "@/lib/identity/sign-in/recognize-account";
import type { Turn } from "@/lib/platform/fair-queue";
import { networkOf } from "@/lib/platform/rate-limits/network-of";

/** The visitor's turn in a fair queue, by account or else by network. */
export async function queueTurn(): Promise<Turn> {
  const sent = await headers();
  const account = await recognizeAccount(identity.peek(), sent.get("cookie") ?? undefined);
  if (account !== undefined) return { key: account, standing: "account" };
  return { key: networkOf(sent.get(CLIENT_IP_HEADER) ?? ""), standing: "anonymous" };
}
