import { Icon, type IconName } from "@/components/ui/icon";
import { NavLink } from "@/components/ui/nav-link";
import type { Role } from "@/lib/journal/actor";

type Place = { href: string; label: string; icon: IconName; within?: boolean; adminsOnly?: boolean };

const PLACES: readonly Place[] = [
  { href: "/admin", label: "Review queue", icon: "inbox" },
  { href: "/admin/versions", label: "Held versions", icon: "tag", within: true },
  { href: "/admin/allow-list", label: "Allow-list", icon: "list", within: true },
  { href: "/admin/users", label: "People", icon: "users", within: true, adminsOnly: true },
  { href: "/admin/registries", label: "Registries", icon: "key", within: true, adminsOnly: true },
  { href: "/admin/desktop-releases", label: "Desktop releases", icon: "desktop", within: true },
  { href: "/admin/policy", label: "Policy", icon: "settings", within: true },
  { href: "/admin/dead-letters", label: "Dead letters", icon: "warning", within: true, adminsOnly: true },
  { href: "/admin/audit", label: "Audit log", icon: "history", within: true },
];

/** A column beside the page; on a small screen a scrolling row above it. */
export function AdminNav({ role }: { role: Role }) {
  return (
    <nav
      aria-label="Review console"
      className="-mx-4 overflow-x-auto border-b border-line px-4 pb-2 lg:mx-0 lg:w-52 lg:shrink-0 lg:border-0 lg:px-0 lg:pb-0"
    >
      <ul className="flex gap-1 lg:sticky lg:top-6 lg:flex-col">
        {PLACES.filter(({ adminsOnly }) => !adminsOnly || role === "admin").map(
          ({ href, label, icon, within }) => (
            <li key={href}>
              <NavLink
                href={href}
                within={within ?? false}
                className="flex min-h-11 items-center gap-2.5 rounded-md px-3 whitespace-nowrap text-ink-soft hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent-strong"
              >
                <Icon name={icon} />
                {label}
              </NavLink>
            </li>
          ),
        )}
      </ul>
    </nav>
  );
}
