import "@/app/globals.css";
import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import type { ReactNode } from "react";

export const metadata: Metadata = {
  title: { default: "Gantry", template: "%s · Gantry" },
  description: "A self-hosted marketplace for Docker Desktop extensions.",
};

export const viewport: Viewport = { colorScheme: "light dark" };

/** Every page is rendered per request: a page built in advance could not contain the response's CSP nonce. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  await connection();
  return (
    <html lang="en">
      <body className="min-h-dvh">
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-surface focus:px-4 focus:py-2"
        >
          Skip to content
        </a>
        {children}
      </body>
    </html>
  );
}
