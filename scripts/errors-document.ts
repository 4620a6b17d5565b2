import { ERROR_CODES } from "@/lib/platform/error-codes";

/** The content of docs/errors.md, generated from the table of error codes. */
export function errorsDocument(): string {
  const rows = Object.entries(ERROR_CODES).map(
    ([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`,
  );
  return `# Error codes

The API reports every error as \`application/problem+json\` (RFC 9457) with these fields: \`code\` (see below; its meaning never
changes), \`title\`, \`status\`, \`detail\` (what happened and why), \`suggestion\` (how to fix it), \`requestId\` (to find the request in
the log) and \`details\` (data for programs, or null). If the same request can succeed later, the response has \`Retry-After\`.

\`npm run docs\` generates this page from \`lib/platform/error-codes.ts\`.

| Code | Status | Title |
| --- | --- | --- |
${rows.join("\n")}
`;
}
