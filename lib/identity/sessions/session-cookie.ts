export type SessionCookie = {
  name: string;
  value: string;
  attributes: { httpOnly: true; secure: boolean; sameSite: "lax"; path: "/"; expires: Date };
};

/** Browsers let only this very host set a `__Host-` cookie, and only over https. */
export function sessionCookieName(url: string): string {
  return isHttps(url) ? "__Host-gantry-session" : "gantry-session";
}

export function sessionCookie(url: string, value: string, expires: Date): SessionCookie {
  return cookieOf(sessionCookieName(url), url, value, expires);
}

/** A cookie that scripts cannot read and that is sent only to this host. */
export function cookieOf(name: string, url: string, value: string, expires: Date): SessionCookie {
  return {
    name,
    value,
    attributes: { httpOnly: true, secure: isHttps(url), sameSite: "lax", path: "/", expires },
  };
}

/** A cookie that deletes the session cookie. */
export function clearedSessionCookie(url: string): SessionCookie {
  return sessionCookie(url, "", new Date(0));
}

/** The session cookie's value in a `Cookie` header; the first one, in case a sibling subdomain planted a second. */
export function readSessionCookie(cookieHeader: string | undefined, url: string): string | undefined {
  const prefix = `${sessionCookieName(url)}=`;
  const pairs = cookieHeader?.split(";").map((pair) => pair.trim()) ?? [];
  return pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length) || undefined;
}

/** Whether session cookies leave this machine without encryption. */
export function isSessionExposed(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol !== "https:" && !/^(?:localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}

export function isHttps(url: string): boolean {
  return url.startsWith("https://");
}
