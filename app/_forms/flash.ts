/** Flash messages: the result of an action, shown on the page after its redirect. */

import { cookies } from "next/headers";
import { z } from "zod";
import { identity } from "@/lib/identity/identity";
import {
  FLASH_LIFE_SECONDS,
  flashCookieName,
  openFlash,
  sealFlash,
} from "@/lib/identity/requests/flash-cookie";

const schema = z.object({
  tone: z.enum(["info", "success", "warning", "problem"]),
  title: z.string().max(200),
  text: z.string().max(400).optional(),
});

export type FlashMessage = z.infer<typeof schema>;

/** Call it in a server action before `redirect`. */
export async function flash(message: FlashMessage): Promise<void> {
  const { secret, url } = identity.get();
  (await cookies()).set(flashCookieName(url), await sealFlash(secret, message), {
    path: "/",
    sameSite: "lax",
    secure: url.startsWith("https://"),
    maxAge: FLASH_LIFE_SECONDS,
  });
}

/** The sealed message of a recent action; undefined without one. */
export async function readFlash(): Promise<(FlashMessage & { cookie: string }) | undefined> {
  const { secret, url } = identity.get();
  const cookie = flashCookieName(url);
  const value = (await cookies()).get(cookie)?.value;
  if (!value) return undefined;
  const message = schema.safeParse(await openFlash(secret, value)).data;
  return message && { ...message, cookie };
}
