export type Screenshot = { url: string; alt: string };
export type Link = { title: string; url: string };

/** The extension's labels, trimmed and parsed; null where absent or unusable (a finding says so). */
export type ExtensionLabels = {
  title: string | null;
  description: string | null;
  vendor: string | null;
  /** The api.version label exactly as written. */
  apiVersion: string | null;
  icon: string | null;
  screenshots: Screenshot[];
  detailedDescription: string | null;
  publisherUrl: string | null;
  changelog: string | null;
  additionalUrls: Link[];
  accountRequired: boolean;
  /** Known values only, in the order of the label. */
  categories: string[];
  licenses: string | null;
  source: string | null;
};
