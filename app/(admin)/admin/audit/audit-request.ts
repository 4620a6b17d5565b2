import { z } from "zod";

const text = (max: number) => z.string().trim().min(1).max(max).optional().catch(undefined);

const schema = z.object({
  action: text(100),
  subject: text(500),
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional()
    .catch(undefined),
});

export type AuditRequest = z.infer<typeof schema>;

/** Ignores invalid parameters: people edit URLs. */
export function auditRequest(given: Record<string, string | string[] | undefined>): AuditRequest {
  return schema.parse(given);
}

export function auditHref({ action, subject, cursor }: AuditRequest): string {
  const query = new URLSearchParams({
    ...(action ? { action } : {}),
    ...(subject ? { subject } : {}),
    ...(cursor ? { cursor } : {}),
  });
  return query.size === 0 ? "/admin/audit" : `/admin/audit?${query}`;
}
