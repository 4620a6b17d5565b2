import type { Metadata } from "next";
import { SiteFrame } from "@/app/site-frame";
import { buttonClasses } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Page } from "@/components/ui/page";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <SiteFrame>
      <Page title="Page not found" lead="The link may be outdated or mistyped." width="text">
        <Link plain href="/" className={buttonClasses("quiet")}>
          Browse all extensions
        </Link>
      </Page>
    </SiteFrame>
  );
}
