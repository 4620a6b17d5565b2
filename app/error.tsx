"use client";

import { MarkDrawing } from "@/components/site/mark-drawing";
import { Button } from "@/components/ui/button";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

/** Every page loads this page's script, so it imports as little as possible: no site frame, no router links. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <>
      <header className="border-b border-line bg-surface">
        <div className="mx-auto max-w-6xl px-4 py-2">
          {/* A full page load, because this page is broken. */}
          <a href="/" className="inline-flex min-h-11 items-center gap-2 font-semibold tracking-tight">
            <MarkDrawing />
            Gantry
          </a>
        </div>
      </header>
      <main id="content" className="mx-auto w-full max-w-3xl px-4 py-8 sm:py-10">
        <h1 className="text-2xl font-semibold tracking-tight text-balance sm:text-3xl">
          Something went wrong on our side
        </h1>
        <p className="mt-2 text-pretty text-ink-soft">We logged the error. You didn’t cause it.</p>
        {error.digest ? (
          <p className="mt-2 text-sm text-ink-soft">
            Error ID: <code className="font-mono">{error.digest}</code>
          </p>
        ) : null}
        <Button onClick={reset} className="mt-6">
          Reload page
        </Button>
      </main>
    </>
  );
}
