/** Labels as they stand in real images: what the API says of each, what is offered, and what the page shows. */

import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { FactsStrip } from "@/components/catalog/extension/facts-strip";
import { offerSchema, versionSchema } from "@/lib/api/schemas/catalog";
import type { VersionDocument } from "@/lib/catalog/documents/documents";
import { extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions, writeReleases } from "@/tests/builders/catalog-rows";
import { type PublicApi, startPublicApi } from "@/tests/support/public-api";

type Row = {
  label: string;
  /** As a minimum, which is how it is read; and exactly. Null when it cannot be read. */
  readings: [string, string] | null;
  minimumDesktop: string | null;
  /** By Desktop release: the offer's confidence, or why there is none. */
  offers: Record<"4.12" | "4.18" | "4.44" | "5.0", string>;
  page: string[];
};

const ARGUMENT = `$\{VERSION}`;

const ROWS: Row[] = [
  {
    label: ">= 1.4.7, < 2.0",
    readings: [">= 1.4.7, < 2.0", ">= 1.4.7, < 2.0"],
    minimumDesktop: null,
    offers: { ...everywhere("never_compatible"), "5.0": "unknown_desktop" },
    page: ["&gt;= 1.4.7, &lt; 2.0", "No known Docker Desktop version supports it."],
  },
  {
    label: ">=0.2.3",
    readings: [">= 0.2.3", ">= 0.2.3"],
    minimumDesktop: "4.8.0",
    offers: { "4.12": "verified", "4.18": "verified", "4.44": "inferred", "5.0": "assumed" },
    page: ["Docker Desktop 4.8 is the oldest known release", "&gt;=0.2.3</code>"],
  },
  {
    label: "0.3.4",
    readings: [">= 0.3.4", "0.3.4"],
    minimumDesktop: "4.18.0",
    offers: { "4.12": "needs_newer_desktop", "4.18": "verified", "4.44": "inferred", "5.0": "assumed" },
    page: [
      "It doesn’t say “or later”. Gantry reads it as 0.3.4 or later; other tools may read it as exactly 0.3.4.",
    ],
  },
  {
    label: "1.0",
    readings: [">= 1.0", "1.0"],
    minimumDesktop: null,
    offers: { ...everywhere("never_compatible"), "5.0": "unknown_desktop" },
    page: ["No known Docker Desktop version supports it.", "other tools may read it as exactly 1.0."],
  },
  {
    label: ARGUMENT,
    readings: null,
    minimumDesktop: null,
    offers: everywhere("requirement_unreadable"),
    page: ["Unreadable", "contains an unresolved build argument"],
  },
  {
    label: "",
    readings: null,
    minimumDesktop: null,
    offers: everywhere("requirement_unreadable"),
    page: ["Unreadable", "it is empty"],
  },
  {
    label: "^0.3",
    readings: ["^ 0.3", "^ 0.3"],
    minimumDesktop: "4.13.0",
    offers: {
      "4.12": "needs_newer_desktop",
      "4.18": "verified",
      "4.44": "needs_older_desktop",
      "5.0": "needs_older_desktop",
    },
    page: ["^ 0.3", "Docker Desktop 4.13 is the oldest known release"],
  },
  {
    label: "!=0.3.4",
    readings: ["!= 0.3.4", "!= 0.3.4"],
    minimumDesktop: "4.8.0",
    offers: { "4.12": "verified", "4.18": "needs_newer_desktop", "4.44": "inferred", "5.0": "assumed" },
    page: ["!= 0.3.4", "Docker Desktop 4.8 is the oldest known release"],
  },
];

let api: PublicApi;

beforeAll(async () => {
  api = await startPublicApi();
  await writeReleases(api.db);
  const records = ROWS.map(({ label }, index) => {
    const version = versionRecord("1.0.0", { report: { labels: { apiVersion: label } } });
    return extensionRecord(`docker.io/acme/label-${index}`, { versions: [version] });
  });
  await writeExtensions(api.db, ...records);
  await api.catalog.refresh();
});

afterAll(() => api.close());

async function read<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> {
  return schema.parse((await api.send(`/api/v1/extensions/acme/${path}`)).json());
}

describe.each(ROWS.map((row, index) => [row.label, row, `label-${index}`] as const))(
  "the label %j",
  (label, row, name) => {
    const { readings, minimumDesktop, offers, page } = row;

    test("in the API, with both readings", async () => {
      const { requirement } = await read(`${name}/-/versions/1.0.0`, versionSchema);
      expect(requirement).toEqual({
        raw: label,
        range: readings?.[0] ?? null,
        reading: "minimum",
        readings: readings && { minimum: readings[0], exact: readings[1] },
        minimumDesktop,
        message: readings ? null : expect.stringContaining("Set the oldest Extension API version"),
      });
    });

    test.each(Object.entries(offers))("what Docker Desktop %s is offered", async (desktop, expected) => {
      const { offer, newest, reason } = await read(
        `${name}/-/offer?desktop=${desktop}&arch=amd64`,
        offerSchema,
      );
      expect(newest).toMatchObject({ tag: "1.0.0" });
      expect(offer?.confidence ?? reason.code).toBe(expected);
      if (offer) expect(offer.reference).toBe(`acme/${name}@${offer.digest}`);
      expect(reason.message.length).toBeGreaterThan(10);
    });

    test("on the page", async () => {
      const version = await read(`${name}/-/versions/1.0.0`, z.custom<VersionDocument>());
      const markup = renderToStaticMarkup(createElement(FactsStrip, { version }));
      for (const words of page) expect(markup).toContain(words);
    });
  },
);

function everywhere(reason: string): Row["offers"] {
  return { "4.12": reason, "4.18": reason, "4.44": reason, "5.0": reason };
}
