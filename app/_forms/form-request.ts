/** The request of a server action: its origin (CSRF protection), session and context. */

import { cookies, headers } from "next/headers";
import { readField } from "@/app/_forms/form-data";
import { CONFIRM_FIELD } from "@/components/ui/form-state";
import { type IdentityContext, identity, withIdentity } from "@/lib/identity/identity";
import { CLIENT_IP_HEADER, REQUEST_ID_HEADER } from "@/lib/identity/requests/request-headers";
import { requireSameOrigin } from "@/lib/identity/requests/same-origin";
import { createSession } from "@/lib/identity/sessions/create-session";
import { readSession } from "@/lib/identity/sessions/read-session";
import {
  clearedSessionCookie,
  type SessionCookie,
  sessionCookieName,
} from "@/lib/identity/sessions/session-cookie";
import type { SignedIn } from "@/lib/identity/sessions/signed-in";
import { confirmSignIn } from "@/lib/identity/sign-in/confirm-sign-in";
import { deviceCookie, deviceCookieName } from "@/lib/identity/sign-in/known-device";
import { ANONYMOUS } from "@/lib/journal/actor";
import { contextFor } from "@/lib/journal/context";

export type FormRequest = {
  ctx: IdentityContext;
  ip: string;
  userAgent: string;
  /** The cookie of a browser that has signed in before. */
  deviceCookie: string | undefined;
};

/** CSRF protection: the context of a form that one of our own pages sent; throws `cross_origin` otherwise. Call it first. */
export async function formRequest(): Promise<FormRequest> {
  const sent = await headers();
  const header = (name: string) => sent.get(name) ?? undefined;
  const { url } = identity.get();
  requireSameOrigin(
    { origin: header("origin"), host: header("host"), secFetchSite: header("sec-fetch-site") },
    url,
  );
  const ctx = withIdentity(contextFor(ANONYMOUS, header(REQUEST_ID_HEADER)));
  const jar = await cookies();
  const cookie = jar.get(sessionCookieName(url))?.value;
  const session = cookie ? await readSession(ctx, cookie) : undefined;
  return {
    ctx: session ? { ...ctx, actor: session.actor } : ctx,
    ip: header(CLIENT_IP_HEADER) ?? "",
    userAgent: header("user-agent") ?? "",
    deviceCookie: jar.get(deviceCookieName(url))?.value,
  };
}

/** As `formRequest`, counted against the account's quota of writes, with the sign-in confirmed if the form carries a password, as sensitive forms do when asked to. */
export async function confirmedFormRequest(form: FormData): Promise<FormRequest> {
  const request = await formRequest();
  await request.ctx.identity.rateLimits.writes.consume(request.ctx.actor);
  return readField(form, CONFIRM_FIELD) === "" ? request : confirmed(request, form, CONFIRM_FIELD);
}

/** The request with a sign-in that the password in `field` confirms; throws if it is wrong or missing. */
export async function confirmed(request: FormRequest, form: FormData, field: string): Promise<FormRequest> {
  const { ctx, ip } = request;
  const { actor, cookie } = await confirmSignIn(ctx, { password: readField(form, field), ip, field });
  await setCookie(cookie);
  return { ...request, ctx: { ...ctx, actor } };
}

/** Creates a session and sets its cookie, and a device cookie that identifies the browser at the next sign-in. */
export async function signInAs(signedIn: SignedIn, { ctx, userAgent }: FormRequest): Promise<void> {
  await setCookie(await createSession(ctx, { ...signedIn, userAgent }));
  await setCookie(await deviceCookie(ctx.identity, signedIn, ctx.clock.now()));
}

export async function forgetSession({ ctx }: FormRequest): Promise<void> {
  await setCookie(clearedSessionCookie(ctx.identity.url));
}

async function setCookie({ name, value, attributes }: SessionCookie): Promise<void> {
  (await cookies()).set(name, value, attributes);
}
