/** What was done, said on the page that a redirect leads to. */

import { cookies } from "next/headers";
import { z } from "zod";

export const FLASH_COOKIE = "gantry-flash";

const schema = z.object({
  tone: z.enum(["info", "success", "warning", "problem"]),
  title: z.string().max(200),
  text: z.string().max(400).optional(),
});

export type FlashMessage = z.infer<typeof schema>;

/** Long enough for a redirect; without scripts nothing else takes the notice away. */
const LIFETIME_SECONDS = 10;

/** Call it in a server action before `redirect`. */
export async function flash(message: FlashMessage): Promise<void> {
  const value = Buffer.from(JSON.stringify(message), "utf8").toString("base64url");
  (await cookies()).set(FLASH_COOKIE, value, { path: "/", sameSite: "lax", maxAge: LIFETIME_SECONDS });
}

/** Undefined when there is nothing to say, or nothing that we wrote. */
export async function readFlash(): Promise<FlashMessage | undefined> {
  const value = (await cookies()).get(FLASH_COOKIE)?.value;
  return value ? schema.safeParse(parse(value)).data : undefined;
}

function parse(value: string): unknown {
  try {
    return JSON.parse(Buffer.from(value, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
