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

/** A navigation link that marks the current page. */
export function NavLink({ href, within = false, className, children }: NavLinkProps) {
  const path = usePathname();
  const current = path === href || (within && path.startsWith(`${href}/`));
  return (
    <Link plain href={href} aria-current={current ? "page" : undefined} className={className}>
      {children}
    </Link>
  );
}
