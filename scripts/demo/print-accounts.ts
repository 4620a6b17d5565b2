import type { Account } from "@/scripts/demo/people";

export type Printed = { url: string; registryUrl: string; accounts: readonly Account[]; seconds: number };

/** Prints the demo's URL and its accounts. */
export function printAccounts({ url, registryUrl, accounts, seconds }: Printed): void {
  const roleWidth = widest(accounts, "role");
  const emailWidth = widest(accounts, "email");
  const lines = accounts.map(
    ({ role, email, password }) => `  ${role.padEnd(roleWidth)}  ${email.padEnd(emailWidth)}  ${password}`,
  );
  console.log(`
The demo is ready after ${Math.round(seconds)} seconds: ${url}

${lines.join("\n")}

Push your own image to ${new URL(registryUrl).host}/acme/your-extension:1.0.0 and submit acme/your-extension.
Ctrl-C stops it; npm run demo -- --reset recreates the demo data.
`);
}

function widest(accounts: readonly Account[], key: "role" | "email"): number {
  return Math.max(...accounts.map((account) => account[key].length));
}
