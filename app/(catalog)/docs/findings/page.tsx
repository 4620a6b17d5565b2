import type { Metadata } from "next";
import { CatalogFrame } from "@/app/(catalog)/catalog-frame";
import { chosenHost, type SearchParams } from "@/app/(catalog)/catalog-request";
import { FindingSectionView } from "@/components/report/finding-section";
import { Page } from "@/components/ui/page";
import { findingChapters } from "@/lib/extension/findings/finding-sections";

export const metadata: Metadata = {
  title: "Findings reference",
  description: "What each finding of an inspection means, why it matters, and how to fix it.",
};

export default async function FindingsPage({ searchParams }: { searchParams: SearchParams }) {
  const chosen = await chosenHost(searchParams);
  const chapters = findingChapters();
  return (
    <CatalogFrame chosen={chosen} here="/docs/findings">
      <Page
        title="Findings reference"
        lead="What each finding means, why it matters, and how to fix it. This marketplace’s policy can change the severity of some."
        width="text"
      >
        <nav aria-label="Chapters">
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {chapters.map(({ title }) => (
              <li key={title}>
                <a href={`#${anchor(title)}`} className="text-accent underline underline-offset-2">
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {chapters.map(({ title, sections }) => (
          <section key={title} aria-labelledby={anchor(title)}>
            <h2 id={anchor(title)} className="scroll-mt-20 text-xl font-semibold">
              {title}
            </h2>
            <div className="mt-2 divide-y divide-line">
              {sections.map((section) => (
                <FindingSectionView key={section.code} section={section} />
              ))}
            </div>
          </section>
        ))}
      </Page>
    </CatalogFrame>
  );
}

function anchor(title: string): string {
  return `about-${title.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`;
}
