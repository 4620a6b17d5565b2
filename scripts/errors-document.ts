import { ERROR_CODES } from "@/lib/platform/error-codes";

/** docs/errors.md as it has to be. */
export function errorsDocument(): string {
  const rows = Object.entries(ERROR_CODES).map(
    ([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`,
  );
  return `# Error codes

Every refusal of the API is \`application/problem+json\` (RFC 9457) with these fields: \`code\` (below; its meaning never changes),
\`title\`, \`status\`, \`detail\` (what happened and why), \`suggestion\` (what to do), \`requestId\` (to find it in the log) and
\`details\` (facts for programs, or null). \`Retry-After\` is sent where the same request may succeed later.

This page is written by \`npm run docs\` from \`lib/platform/error-codes.ts\`.

| Code | Status | Title |
| --- | --- | --- |
${rows.join("\n")}
`;
}
