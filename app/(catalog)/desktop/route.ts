import { NextResponse } from "next/server";
import { returnPath } from "@/app/_page/return-path";
import { HOST_COOKIE, hostCookieValue, parseHostChoice } from "@/lib/catalog/queries/host-choice";
import { identity } from "@/lib/identity/identity";

const LIFETIME_SECONDS = 365 * 24 * 60 * 60;

/**
 * Stores the chosen Docker Desktop in a cookie and redirects back with it in the URL. Needs no CSRF protection: a forged
 * request only changes which versions a page explains.
 */
export function GET(request: Request): Response {
  const asked = new URL(request.url).searchParams;
  const forget = asked.has("forget");
  const choice = forget
    ? undefined
    : parseHostChoice(asked.get("desktop") ?? undefined, asked.get("arch") ?? undefined);
  const target = new URL(returnPath(asked.get("next") ?? undefined), "http://here.invalid");
  target.searchParams.delete("desktop");
  target.searchParams.delete("arch");
  if (choice !== undefined) {
    target.searchParams.set("desktop", choice.desktop);
    target.searchParams.set("arch", choice.architecture);
  }
  const response = new NextResponse(null, {
    status: 303,
    headers: { location: `${target.pathname}${target.search}` },
  });
  if (choice === undefined && !forget) return response;
  response.cookies.set(HOST_COOKIE, choice ? hostCookieValue(choice) : "", {
    path: "/",
    sameSite: "lax",
    httpOnly: true,
    secure: identity.get().url.startsWith("https://"),
    maxAge: choice ? LIFETIME_SECONDS : 0,
  });
  return response;
}
