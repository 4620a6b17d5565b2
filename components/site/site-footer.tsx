import { Link } from "@/components/ui/link";

const PAGES = [
  { href: "/", label: "Extensions" },
  { href: "/allow-list", label: "Approved versions" },
  { href: "/check", label: "Check an image" },
  { href: "/publish", label: "Publish an extension" },
  { href: "/docs/findings", label: "Findings reference" },
  { href: "/docs/api", label: "API" },
];

export function SiteFooter() {
  const look = "inline-flex min-h-9 items-center text-ink-soft hover:text-ink hover:underline";
  return (
    <footer className="mt-12 border-t border-line">
      <nav aria-label="More" className="mx-auto max-w-6xl px-4 py-6">
        <ul className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
          {PAGES.map(({ href, label }) => (
            <li key={href}>
              <Link plain href={href} className={look}>
                {label}
              </Link>
            </li>
          ))}
          <li>
            <a href="/feed.atom" className={look}>
              Feed
            </a>
          </li>
        </ul>
      </nav>
    </footer>
  );
}
