/** Structured logging: one JSON object per line, with secrets redacted. */

import pino from "pino";
import type { Env } from "@/lib/platform/env";
import { singleton } from "@/lib/platform/singleton";

export type Log = pino.Logger;

const SECRET_FIELDS = [
  "password",
  "passwordHash",
  "token",
  "secret",
  "authorization",
  "cookie",
  "*.password",
  "*.passwordHash",
  "*.token",
  "*.secret",
  "*.authorization",
  "*.cookie",
  "headers.authorization",
  "headers.cookie",
];

/** `https://user:password@host`, `?token=…`, `/invite/…` and `Bearer …` inside free text. */
const SECRET_TEXT =
  /(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/?#]+(@)|([?&](?:token|signature|secret|password)=|\/invite\/)[^\s&#"'/]+|(\b(?:Bearer|Basic)\s+)[\w.~+/=-]+|\bgtry_[A-Za-z0-9_-]+/gi;

export function redactText(text: string): string {
  return text.replace(
    SECRET_TEXT,
    (_match, scheme = "", at = "", field = "", auth = "") => `${scheme}${field}${auth}[redacted]${at}`,
  );
}

export function createLog(level: Env["logLevel"], destination?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), log: redactTexts },
    redact: { paths: SECRET_FIELDS, censor: "[redacted]" },
    serializers: { err: describeError },
    hooks: {
      logMethod(args, method) {
        const clean = args.map((part) => (typeof part === "string" ? redactText(part) : part));
        return method.apply(this, clean as Parameters<typeof method>);
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

function redactTexts(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      typeof field === "string" ? redactText(field) : field,
    ]),
  );
}

type DescribedError = {
  name: string;
  message: string;
  code?: unknown;
  stack?: string;
  cause?: DescribedError | string;
};

function describeError(error: unknown): DescribedError | string {
  if (!(error instanceof Error)) return redactText(String(error));
  const described: DescribedError = { name: error.name, message: redactText(error.message) };
  if ("code" in error) described.code = error.code;
  if (error.stack) described.stack = redactText(error.stack);
  if (error.cause !== undefined) described.cause = describeError(error.cause);
  return described;
}

/** The logger of the process, set by its entry point. */
export const processLog = singleton<Log>("log");
