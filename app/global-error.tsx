"use client";

import "@/app/globals.css";
import ErrorPage from "@/app/error";

type GlobalErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** Replaces the layout when it fails. Has no inline scripts or styles, so the content security policy (CSP) applies. */
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
