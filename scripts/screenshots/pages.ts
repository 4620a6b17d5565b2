/** All pages to take screenshots of, with their viewers. */

export type Viewer = "signed-out" | "admin" | "reviewer" | "publisher";

export type PageToShoot = {
  /** File name without extension. */
  name: string;
  /**
   * `{submission:acme/x}` is replaced by the ID of the newest submission of that repository, `{check:acme/x}` by a
   * check of it.
   */
  path: string;
  viewers: readonly Viewer[];
  /** Expected status. Default: 200. */
  status?: number;
};

const OUT: readonly Viewer[] = ["signed-out"];
const EVERYONE: readonly Viewer[] = ["signed-out", "admin", "reviewer", "publisher"];
const PEOPLE: readonly Viewer[] = ["admin", "reviewer", "publisher"];
const PUBLISHER: readonly Viewer[] = ["publisher"];
const DECIDERS: readonly Viewer[] = ["admin", "reviewer"];
const ADMIN: readonly Viewer[] = ["admin"];

const extension = (name: string, repository: string): PageToShoot => ({
  name: `extension-${name}`,
  path: `/extensions/${repository}`,
  viewers: OUT,
});

const version = (name: string, repository: string, tag: string): PageToShoot => ({
  name: `version-${name}`,
  path: `/extensions/${repository}/-/versions/${tag}`,
  viewers: OUT,
});

export const PAGES: readonly PageToShoot[] = [
  { name: "docs-api", path: "/docs/api", viewers: OUT },
  { name: "home", path: "/", viewers: EVERYONE },
  { name: "home-search", path: "/?q=logs", viewers: OUT },
  { name: "home-category", path: "/?category=database", viewers: OUT },
  { name: "home-nothing-found", path: "/?q=no-such-thing-here", viewers: OUT },
  { name: "home-old-desktop", path: "/?desktop=4.18.0&arch=arm64", viewers: OUT },
  { name: "home-new-desktop", path: "/?desktop=4.50.0&arch=amd64", viewers: OUT },
  extension("plain", "quietbyte/trace-lantern"),
  extension("newer-desktop", "acme/disk-lens"),
  extension("one-platform", "acme/port-map"),
  extension("range", "acme/volume-vault"),
  extension("moved-tag", "lumenforge/query-bench"),
  extension("unknown-category", "lumenforge/seed-box"),
  extension("held", "tidewater/net-probe"),
  extension("prerelease", "tidewater/cluster-compass"),
  extension("yanked", "quietbyte/secret-sweep"),
  extension("deprecated", "quietbyte/log-lantern"),
  extension("never-compatible", "papercrane/registry-shelf"),
  extension("suspended", "ostrava/cloud-ferry"),
  extension("revoked", "ostrava/build-tally"),
  {
    name: "extension-old-desktop",
    path: "/extensions/acme/disk-lens?desktop=4.18.0&arch=arm64",
    viewers: OUT,
  },
  version("plain", "acme/disk-lens", "1.2.1"),
  version("signed", "acme/disk-lens", "2.0.0"),
  version("moved", "lumenforge/query-bench", "1.3.0"),
  version("yanked", "quietbyte/secret-sweep", "1.4.1"),
  { name: "allow-list", path: "/allow-list", viewers: OUT },
  { name: "not-found", path: "/no-such-page", viewers: OUT, status: 404 },
  { name: "extension-not-found", path: "/extensions/acme/no-such-extension", viewers: OUT, status: 404 },
  { name: "check", path: "/check", viewers: OUT },
  { name: "check-passed", path: "/check/{check:acme/disk-lens}", viewers: OUT },
  { name: "check-dead-media", path: "/check/{check:ostrava/build-tally}", viewers: OUT },
  { name: "check-errors", path: "/check/{check:ostrava/pipe-organ}", viewers: OUT },
  { name: "findings-explained", path: "/docs/findings", viewers: OUT },
  { name: "sign-in", path: "/sign-in", viewers: OUT },
  { name: "sign-in-confirm", path: "/sign-in/confirm?next=/account", viewers: PUBLISHER },
  { name: "account", path: "/account", viewers: PEOPLE },
  { name: "account-sessions", path: "/account/sessions", viewers: PUBLISHER },
  { name: "account-tokens", path: "/account/tokens", viewers: PEOPLE },
  { name: "publish", path: "/publish", viewers: PUBLISHER },
  { name: "publish-new", path: "/publish/new", viewers: PUBLISHER },
  {
    name: "submission-approved",
    path: "/publish/submissions/{submission:acme/disk-lens}",
    viewers: PUBLISHER,
  },
  {
    name: "submission-waiting",
    path: "/publish/submissions/{submission:ostrava/build-tally}",
    viewers: PUBLISHER,
  },
  {
    name: "submission-needs-changes",
    path: "/publish/submissions/{submission:papercrane/mail-drop}",
    viewers: PUBLISHER,
  },
  {
    name: "submission-changes-requested",
    path: "/publish/submissions/{submission:papercrane/paper-trail}",
    viewers: PUBLISHER,
  },
  {
    name: "submission-errors",
    path: "/publish/submissions/{submission:ostrava/pipe-organ}",
    viewers: PUBLISHER,
  },
  { name: "admin-queue", path: "/admin", viewers: DECIDERS },
  { name: "admin-case", path: "/admin/submissions/{submission:ostrava/build-tally}", viewers: DECIDERS },
  { name: "admin-allow-list", path: "/admin/allow-list", viewers: DECIDERS },
  { name: "admin-allow-list-changes", path: "/admin/allow-list/changes", viewers: DECIDERS },
  { name: "admin-entry", path: "/admin/allow-list/acme/volume-vault", viewers: DECIDERS },
  {
    name: "admin-version-held",
    path: "/admin/allow-list/tidewater/net-probe/-/versions/2.0.0",
    viewers: DECIDERS,
  },
  {
    name: "admin-version-moved",
    path: "/admin/allow-list/lumenforge/query-bench/-/versions/1.3.0",
    viewers: DECIDERS,
  },
  { name: "admin-versions", path: "/admin/versions", viewers: DECIDERS },
  { name: "admin-versions-moved", path: "/admin/versions?kind=moved", viewers: DECIDERS },
  { name: "admin-policy", path: "/admin/policy", viewers: DECIDERS },
  { name: "admin-users", path: "/admin/users", viewers: ADMIN },
  { name: "admin-desktop-releases", path: "/admin/desktop-releases", viewers: ADMIN },
  { name: "admin-import-releases", path: "/admin/desktop-releases/import", viewers: ADMIN },
  { name: "admin-registries", path: "/admin/registries", viewers: ADMIN },
  { name: "admin-dead-letters", path: "/admin/dead-letters", viewers: ADMIN },
  { name: "admin-audit", path: "/admin/audit", viewers: DECIDERS },
];

export type ReadmePicture = {
  file: string;
  page: string;
  viewer: Viewer;
  scheme: "light" | "dark";
  /** Element to scroll to the top. Default: the top of the page. */
  at?: `#${string}`;
};

/** The four screenshots in README.md. */
export const README_PICTURES: readonly ReadmePicture[] = [
  { file: "catalog", page: "home", viewer: "signed-out", scheme: "light" },
  { file: "extension", page: "extension-newer-desktop", viewer: "signed-out", scheme: "dark" },
  { file: "submission", page: "submission-errors", viewer: "publisher", scheme: "light" },
  { file: "review", page: "admin-case", viewer: "reviewer", scheme: "light", at: "#changes" },
];

export const WIDTHS = [360, 768, 1440] as const;
export const SCHEMES = ["light", "dark"] as const;
