import type { DemoExtension } from "@/scripts/demo/scenario/extension";
import { ICONS } from "@/scripts/demo/scenario/icons";

const PAPERCRANE = "Papercrane";

/** Requires a Docker Desktop version instead of an Extension API version: no release matches. */
const REGISTRY_SHELF: DemoExtension = {
  repository: "papercrane/registry-shelf",
  title: "Registry Shelf",
  vendor: PAPERCRANE,
  summary: "Browse, compare and tidy the registries of your team.",
  description: `<p>Registry Shelf shows what your registries hold: tags by age, images that share layers, and those that
have had no pulls for a year.</p>`,
  categories: ["image-registry"],
  icon: ICONS.shelf,
  requires: ">= 1.4.7",
  license: "Apache-2.0",
  payloadBytes: 820_000,
  needsAccount: true,
  versions: [
    { tag: "1.4.6", built: "2026-05-25", changes: ["Compares two tags"] },
    { tag: "1.4.7", built: "2026-09-03", changes: ["Finds images without pulls"] },
  ],
  story: [{ do: "submit", by: "publisher", expect: "in_review" }, { do: "approve" }, { do: "scan" }],
};

/** No tag is a version, so its submission needs changes. */
const MAIL_DROP: DemoExtension = {
  repository: "papercrane/mail-drop",
  title: "Mail Drop",
  vendor: PAPERCRANE,
  summary: "Catches the mail that your containers send, and shows it.",
  description: "<p>An SMTP server that delivers nothing and shows everything.</p>",
  categories: ["testing-tools"],
  icon: ICONS.mail,
  requires: ">= 0.3.0",
  payloadBytes: 260_000,
  versions: [
    { tag: "latest", built: "2026-10-28", changes: ["Attachments"] },
    { tag: "nightly", built: "2026-11-18", changes: ["Work in progress"] },
    { tag: "mac-1.2.0", built: "2026-08-14", changes: ["For macOS"] },
  ],
  story: [{ do: "submit", by: "publisher", expect: "needs_changes" }],
};

/** Passed the check, but the reviewer has a question. */
const PAPER_TRAIL: DemoExtension = {
  repository: "papercrane/paper-trail",
  title: "Paper Trail",
  vendor: PAPERCRANE,
  summary: "Remembers which command started which container, and why.",
  description: "<p>A diary of your containers: started, stopped, by which command, from which folder.</p>",
  categories: ["tools"],
  icon: ICONS.trail,
  requires: "0.3.3",
  payloadBytes: 310_000,
  versions: [
    {
      tag: "0.2.0",
      built: "2026-10-30",
      changes: ["First public version"],
      labels: { "com.docker.extension.changelog": null },
    },
  ],
  story: [
    { do: "submit", by: "publisher", expect: "in_review" },
    {
      do: "request_changes",
      reason:
        "Please say in the description where the diary is kept and how to empty it, and choose one of the twelve categories.",
    },
  ],
};

export const PAPERCRANE_EXTENSIONS = [REGISTRY_SHELF, MAIL_DROP, PAPER_TRAIL];
