"use client";

import { Button } from "@/components/ui/button";
import { Page } from "@/components/ui/page";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <Page
      title="This page could not be made"
      lead="The server met an error of its own and logged it. Nothing you typed was at fault."
    >
      {error.digest ? (
        <p className="text-sm text-ink-soft">
          In the log it has the number <code className="font-mono">{error.digest}</code>.
        </p>
      ) : null}
      <Button onClick={reset}>Load the page again</Button>
    </Page>
  );
}
