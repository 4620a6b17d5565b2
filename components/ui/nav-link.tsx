"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";

type NavLinkProps = {
  href: string;
  /** Also current on the pages below it. */
  within?: boolean;
  className: string;
  children: ReactNode;
};

/** A link of a navigation, which knows whether its page is the one that is open. */
export function NavLink({ href, within = false, className, children }: NavLinkProps) {
  const path = usePathname();
  const current = path === href || (within && path.startsWith(`${href}/`));
  return (
    <Link plain href={href} aria-current={current ? "page" : undefined} className={className}>
      {children}
    </Link>
  );
}
