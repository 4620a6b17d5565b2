import type { ReactNode } from "react";
import type { Account } from "@/components/site/account";
import { reviews } from "@/components/site/account";
import { AccountMenu } from "@/components/site/account-menu";
import { Mark } from "@/components/site/mark";
import { SearchForm, type SearchFormProps } from "@/components/site/search-form";
import { Link } from "@/components/ui/link";

type SiteHeaderProps = {
  account: Account;
  signOut: () => Promise<void>;
  search: SearchFormProps;
  /** The Docker Desktop chooser, on catalog pages. */
  host?: ReactNode;
};

export function SiteHeader({ account, signOut, search, host }: SiteHeaderProps) {
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-3 px-4 py-2 md:flex-nowrap">
        <Mark />
        <div className="order-last w-full py-1 md:order-none md:w-auto md:max-w-md md:min-w-48 md:flex-1 md:ps-2">
          <SearchForm {...search} />
        </div>
        <div className="ms-auto flex min-w-0 items-center sm:gap-1">
          {host}
          <nav aria-label="Main" className="hidden lg:block">
            <ul className="flex">
              {linksFor(account).map(({ href, label }) => (
                <li key={href}>
                  <Link
                    plain
                    href={href}
                    className="flex min-h-11 items-center rounded-md px-2 hover:bg-sunken"
                  >
                    {label}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <AccountMenu account={account} signOut={signOut} />
        </div>
      </div>
    </header>
  );
}

function linksFor(account: Account): { href: string; label: string }[] {
  return [
    { href: "/allow-list", label: "Approved versions" },
    { href: "/check", label: "Check an image" },
    { href: "/publish", label: "Publish" },
    ...(reviews(account) ? [{ href: "/admin", label: "Review" }] : []),
  ];
}
