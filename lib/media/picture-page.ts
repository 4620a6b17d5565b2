import type { PictureReason } from "@/lib/extension/findings/picture-fixes";

type Page = { reason: PictureReason; host: RegExp; path: RegExp };

const ANY = /^/;

/** Services whose pages about a file are often taken for the file. */
const PAGES: readonly Page[] = [
  { reason: "github_page", host: /^(?:www\.)?github\.com$/, path: /^\/[^/]+\/[^/]+\/(?:blob|tree)\// },
  { reason: "gitlab_page", host: ANY, path: /\/-\/blob\// },
  { reason: "bitbucket_page", host: /^(?:www\.)?bitbucket\.org$/, path: /\/src\// },
  { reason: "google_drive", host: /^(?:drive|docs)\.google\.com$/, path: ANY },
  { reason: "dropbox", host: /^(?:www\.)?dropbox\.com$/, path: ANY },
  {
    reason: "sharing_page",
    host: /(?:^|\.)(?:1drv\.ms|onedrive\.live\.com|sharepoint\.com|box\.com|wetransfer\.com|icloud\.com)$/,
    path: ANY,
  },
  { reason: "imgur_page", host: /^(?:www\.)?imgur\.com$/, path: ANY },
];

const SIGN_IN =
  /(?:^|[^a-z])(?:log[-_]?in|log[-_]?on|sign[-_]?in|sso|oauth2?|auth|authorize|saml2?|session)(?:[^a-z]|$)/i;

/**
 * Why a URL does not lead to the image, by the URL itself; undefined if it says nothing. `arrivedAt` is where redirects
 * ended.
 */
export function pageReason(url: URL, arrivedAt: URL): PictureReason | undefined {
  const page = PAGES.find(({ host, path }) => host.test(url.hostname) && path.test(url.pathname));
  if (page !== undefined) return page.reason;
  const isElsewhere = arrivedAt.host !== url.host || arrivedAt.pathname !== url.pathname;
  const isSignIn = SIGN_IN.test(arrivedAt.hostname) || SIGN_IN.test(arrivedAt.pathname);
  return isElsewhere && isSignIn ? "sign_in" : undefined;
}
