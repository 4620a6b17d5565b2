import { defineRoute } from "@/lib/api/route";
import { securityContacts, securityText } from "@/lib/api/security-text";
import { storedText } from "@/lib/catalog/encoding/stored-document";
import { systemClock } from "@/lib/platform/clock";
import { AppError } from "@/lib/platform/errors";
import { instanceUrl } from "@/lib/platform/instance-url";

export const securityRoutes = [
  defineRoute({
    method: "GET",
    path: "/.well-known/security.txt",
    operationId: "getSecurityText",
    summary: "Where to report a vulnerability of this installation (RFC 9116).",
    tag: "Security",
    access: "public",
    limit: "stored",
    answers: { 200: { description: "security.txt", contentType: "text/plain" } },
    handle() {
      const contacts = securityContacts.peek() ?? [];
      if (contacts.length === 0)
        throw new AppError("not_found", "The operator has not set a security contact.", {
          suggestion: "Set GANTRY_SECURITY_CONTACT to publish one.",
        });
      const text = securityText(instanceUrl.get(), contacts, systemClock.now());
      return { kind: "stored", document: storedText("text/plain", text) };
    },
  }),
];
