import { Link } from "@/components/ui/link";

type SiteHeaderProps = {
  /** The signed-in person's name; null = nobody is signed in, undefined = not known at the moment. */
  accountName: string | null | undefined;
};

export function SiteHeader({ accountName }: SiteHeaderProps) {
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex max-w-5xl items-center justify-between gap-4 px-4 py-2">
        <Link plain href="/" className="flex min-h-11 items-center gap-2 font-semibold tracking-tight">
          <Mark />
          Gantry
        </Link>
        <nav aria-label="Account" className="min-w-0">
          <AccountLink accountName={accountName} />
        </nav>
      </div>
    </header>
  );
}

function AccountLink({ accountName }: SiteHeaderProps) {
  if (accountName === undefined) return null;
  const look = "flex min-h-11 items-center rounded-md px-2 font-medium hover:text-accent";
  if (accountName === null) {
    return (
      <Link plain href="/sign-in" className={look}>
        Sign in
      </Link>
    );
  }
  return (
    <Link plain href="/account" className={look}>
      <span className="sr-only">Account of </span>
      <span className="truncate">{accountName}</span>
    </Link>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" className="size-7" aria-hidden="true">
      <rect width="32" height="32" rx="7" className="fill-accent" />
      <path
        d="M7 25V9h18v16M7 13h18M16 13v4m-3.5 0h7v5h-7z"
        className="fill-none stroke-on-accent stroke-2"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
