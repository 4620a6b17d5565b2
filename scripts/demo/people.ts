/** Creates the demo's accounts by setup, invitation and acceptance, with random passwords. */

import { randomInt } from "node:crypto";
import { type Client, createClient, textAt } from "@/scripts/demo/client";
import type { PersonName } from "@/scripts/demo/scenario/extension";

export type Account = { role: string; name: string; email: string; password: string };

export type People = { accounts: Account[]; clients: Record<PersonName, Client> };

type Guest = { name: string; email: string; role: "reviewer" | "publisher"; scopes: string[] };

const ADMIN = { name: "Ada Marlow", email: "admin@demo.example" };

const GUESTS = {
  reviewer: {
    name: "Ravi Lindqvist",
    email: "reviewer@demo.example",
    role: "reviewer",
    scopes: ["review", "submissions", "allow-list", "versions", "scan", "audit:read"],
  },
  publisher: {
    name: "Pia Torres",
    email: "publisher@demo.example",
    role: "publisher",
    scopes: ["submissions"],
  },
  partner: {
    name: "Otto Brandt",
    email: "second-publisher@demo.example",
    role: "publisher",
    scopes: ["submissions"],
  },
} satisfies Record<string, Guest>;

/** Letters and digits that are easy to tell apart. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
const PASSWORD_GROUPS = 4;
const GROUP_LENGTH = 5;

export async function makePeople(gantryUrl: string, setupToken: string): Promise<People> {
  const admin: Account = { ...ADMIN, role: "admin", password: randomPassword() };
  const { name, email, password } = admin;
  const done = await createClient(gantryUrl)("POST", "/api/v1/setup", {
    ...{ token: setupToken, name, email, password },
  });
  const adminClient = createClient(gantryUrl, textAt(done, "token"));
  const reviewer = await invite(gantryUrl, adminClient, GUESTS.reviewer);
  const publisher = await invite(gantryUrl, adminClient, GUESTS.publisher);
  const partner = await invite(gantryUrl, adminClient, GUESTS.partner);
  return {
    accounts: [admin, reviewer.account, publisher.account, partner.account],
    clients: {
      admin: adminClient,
      reviewer: reviewer.client,
      publisher: publisher.client,
      partner: partner.client,
    },
  };
}

async function invite(
  gantryUrl: string,
  admin: Client,
  { scopes, ...person }: Guest,
): Promise<{ account: Account; client: Client }> {
  const invited = await admin("POST", "/api/v1/users", person);
  const token = new URL(textAt(invited, "inviteUrl")).pathname.split("/").at(-1);
  const password = randomPassword();
  const accepted = await createClient(gantryUrl)("POST", "/api/v1/invitations/accept", {
    ...{ token, name: person.name, password, scopes },
  });
  return {
    account: { ...person, password },
    client: createClient(gantryUrl, textAt(accepted, "token")),
  };
}

function randomPassword(): string {
  const letter = () => ALPHABET.charAt(randomInt(ALPHABET.length));
  const group = () => Array.from({ length: GROUP_LENGTH }, letter).join("");
  return Array.from({ length: PASSWORD_GROUPS }, group).join("-");
}
