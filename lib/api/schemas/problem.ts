import { z } from "zod";
import type { Problem } from "@/lib/api/answers/problem";

/** RFC 9457 problem details with our own members. */
export const problemSchema = z.object({
  type: z.string().describe("urn:gantry:problem: and the code."),
  code: z.string().describe("The stable code for programs; docs/errors.md lists all codes."),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe("What happened, and why."),
  suggestion: z.string().nullable().describe("The next step for a program."),
  requestId: z.string(),
  details: z.record(z.string(), z.unknown()).nullable(),
}) satisfies z.ZodType<Problem>;
