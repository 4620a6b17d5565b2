import type { Metadata } from "next";
import { Link } from "@/components/ui/link";
import { Page } from "@/components/ui/page";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <Page title="There is no page at this address" lead="The link may be old, or the address mistyped.">
      <Link href="/">Go to the home page</Link>
    </Page>
  );
}
