import { type Account, reviews } from "@/components/site/account";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Menu } from "@/components/ui/menu";

type AccountMenuProps = { account: Account; signOut: () => Promise<void> };

const MENU_ITEM =
  "flex min-h-11 w-full items-center gap-2.5 rounded-md px-3 text-start hover:bg-sunken aria-[current=page]:font-semibold";
const LOOK = "flex min-h-11 items-center gap-1.5 rounded-md px-2 font-medium hover:bg-sunken";

export function AccountMenu({ account, signOut }: AccountMenuProps) {
  switch (account.kind) {
    case "unknown":
      return null;
    case "anonymous":
      return (
        <Link plain href="/sign-in" className={LOOK}>
          Sign in
        </Link>
      );
    case "user":
      return <PersonMenu account={account} signOut={signOut} />;
  }
}

type Person = Extract<Account, { kind: "user" }>;

function PersonMenu({ account, signOut }: AccountMenuProps & { account: Person }) {
  return (
    <Menu triggerClassName={LOOK} trigger={<Trigger name={account.name} />}>
      <p className="px-3 pt-1 pb-2 text-sm">
        <bdi className="block truncate font-medium">{account.name}</bdi>
        <span className="text-ink-soft">Signed in as {account.role}</span>
      </p>
      <ul className="border-t border-line pt-1.5">
        {linksFor(account).map(({ href, icon, label }) => (
          <li key={href}>
            <Link plain href={href} className={MENU_ITEM}>
              <Icon name={icon} className="size-5 text-ink-soft" />
              {label}
            </Link>
          </li>
        ))}
      </ul>
      <form action={signOut} className="mt-1.5 border-t border-line pt-1.5">
        <button type="submit" className={MENU_ITEM}>
          <Icon name="arrow-right" className="size-5 text-ink-soft" />
          Sign out
        </button>
      </form>
    </Menu>
  );
}

function Trigger({ name }: { name: string }) {
  return (
    <>
      <Icon name="user" />
      <span className="sr-only">Account of </span>
      <bdi className="max-w-24 truncate max-sm:sr-only">{name}</bdi>
      <Icon name="chevron-down" className="size-4 text-ink-soft" />
    </>
  );
}

function linksFor(account: Person) {
  return [
    ...(reviews(account) ? [{ href: "/admin", icon: "shield", label: "Review console" } as const] : []),
    { href: "/publish", icon: "package", label: "My submissions" } as const,
    { href: "/publish/new", icon: "plus", label: "Submit an extension" } as const,
    { href: "/account", icon: "settings", label: "Your account" } as const,
  ];
}
