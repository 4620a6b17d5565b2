import { Tabs } from "@/components/ui/tabs";

const PARTS = [
  { part: "profile", href: "/account", label: "Profile" },
  { part: "sessions", href: "/account/sessions", label: "Sessions" },
  { part: "tokens", href: "/account/tokens", label: "API tokens" },
] as const;

export function AccountTabs({ current }: { current: (typeof PARTS)[number]["part"] }) {
  return (
    <Tabs
      label="Your account"
      tabs={PARTS.map(({ part, href, label }) => ({ href, label, current: part === current }))}
    />
  );
}
