"use client";

import "@/app/globals.css";
import ErrorPage from "@/app/error";

type GlobalErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** Stands in for the layout when that fails; no scripts or styles of its own, so the policy holds here too. */
export default function GlobalError(props: GlobalErrorProps) {
  return (
    <html lang="en">
      <body className="min-h-dvh">
        <title>Error · Gantry</title>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
