import { expect, test } from "vitest";
import { securityText } from "@/lib/api/security-text";

test("security.txt names every contact and stays the same for a day", () => {
  const contacts = ["mailto:security@acme.example", "https://acme.example/security"];
  const at = (time: string) => securityText("https://gantry.example", contacts, new Date(time));
  expect(at("2026-11-30T09:30:00Z")).toBe(
    [
      "Contact: mailto:security@acme.example",
      "Contact: https://acme.example/security",
      "Expires: 2027-02-28T00:00:00.000Z",
      "Canonical: https://gantry.example/.well-known/security.txt",
      "",
    ].join("\n"),
  );
  expect(at("2026-11-30T23:59:59Z")).toBe(at("2026-11-30T00:00:00Z"));
});
