"use client";

import { Mark } from "@/components/site/mark";
import { Button } from "@/components/ui/button";
import { Page } from "@/components/ui/page";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <>
      <header className="border-b border-line bg-surface">
        <div className="mx-auto max-w-6xl px-4 py-2">
          <Mark />
        </div>
      </header>
      <Page
        title="This page could not be made"
        lead="The server met an error of its own and logged it. Nothing you typed was at fault."
        width="text"
      >
        {error.digest ? (
          <p className="text-sm text-ink-soft">
            In the log it has the number <code className="font-mono">{error.digest}</code>.
          </p>
        ) : null}
        <Button onClick={reset}>Load the page again</Button>
      </Page>
    </>
  );
}
