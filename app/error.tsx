"use client";

import { MarkDrawing } from "@/components/site/mark-drawing";
import { Button } from "@/components/ui/button";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

/** Every page carries this one's script, so it brings along nothing that it can do without: no frame, no router's links. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <>
      <header className="border-b border-line bg-surface">
        <div className="mx-auto max-w-6xl px-4 py-2">
          {/* A whole new page, since this one broke. */}
          <a href="/" className="inline-flex min-h-11 items-center gap-2 font-semibold tracking-tight">
            <MarkDrawing />
            Gantry
          </a>
        </div>
      </header>
      <main id="content" className="mx-auto w-full max-w-3xl px-4 py-8 sm:py-10">
        <h1 className="text-2xl font-semibold tracking-tight text-balance sm:text-3xl">
          This page could not be made
        </h1>
        <p className="mt-2 text-pretty text-ink-soft">
          The server met an error of its own and logged it. Nothing you typed was at fault.
        </p>
        {error.digest ? (
          <p className="mt-2 text-sm text-ink-soft">
            In the log it has the number <code className="font-mono">{error.digest}</code>.
          </p>
        ) : null}
        <Button onClick={reset} className="mt-6">
          Load the page again
        </Button>
      </main>
    </>
  );
}
