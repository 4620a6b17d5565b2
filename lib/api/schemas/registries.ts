import { z } from "zod";
import { instant, storedErrorSchema } from "@/lib/api/schemas/common";

const host = z
  .string()
  .describe("An allowed registry, as in repositories: `docker.io`, `ghcr.io`, `10.0.0.5:5000`.");

const namespaceInput = z
  .string()
  .max(255)
  .default("")
  .describe(
    "The leading path components of its repositories, such as `team` or `team/apps`; empty: the whole host.",
  );

export const credentialsInput = z.strictObject({
  namespace: namespaceInput,
  username: z.string().min(1).max(255),
  password: z.string().min(1).max(16_384).describe("A password or token that can only read. Never returned."),
  tokenServer: z
    .string()
    .max(300)
    .optional()
    .describe(
      "Origin of the registry's token server, if it is on another host: `https://gitlab.corp.example`. Only it and the registry receive the credentials.",
    ),
});

export const credentialsPlaceQuery = z.object({ namespace: namespaceInput });

export const credentialsTestInput = z.strictObject({
  namespace: namespaceInput,
  repository: z
    .string()
    .min(1)
    .max(2_000)
    .optional()
    .describe("A repository that they must give access to. Without it, only the login is tested."),
});

export const credentialsPlaceSchema = z.object({ host, namespace: z.string() });

export const credentialsTestSchema = z.object({
  outcome: z
    .enum(["passed", "failed", "untested"])
    .describe("`untested`: the registry answered without asking for credentials. Name a private repository."),
  error: storedErrorSchema.nullable(),
});

export const registrySchema = z.object({
  host,
  origin: z.string().describe("Where its API is, and where credentials are sent."),
  credentials: z.array(
    credentialsPlaceSchema.extend({
      username: z.string(),
      tokenServer: z.string().nullable(),
      source: z.enum(["environment", "stored"]),
      state: z
        .enum(["untested", "working", "refused", "unopened", "overridden", "not_allowed"])
        .describe(
          "`refused`: rejected, or denied a repository. `unopened`: sealed with a key that Gantry does not have. `overridden`: the environment provides others for this place. `not_allowed`: the host is no longer allowed.",
        ),
      replacedAt: instant.nullable(),
      lastUsedAt: instant.nullable().describe("Within ten minutes."),
      test: z.object({ at: instant, error: storedErrorSchema.nullable() }).nullable(),
      lastError: storedErrorSchema.extend({ at: instant }).nullable(),
      alarmSince: instant.nullable().describe("Since when they do not work; null while they do."),
    }),
  ),
});
