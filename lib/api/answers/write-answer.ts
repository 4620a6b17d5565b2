/** Writes responses to the connection. Headers that depend on the document only are computed once per document. */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApiAnswer } from "@/lib/api/answers/answer";
import { matchesEtag } from "@/lib/api/answers/conditional";
import { documentHeaders, type RawHeaders, type SentHeaders } from "@/lib/api/answers/document-headers";
import { EncodingChoice } from "@/lib/api/answers/encoding-choice";
import { problemAnswer } from "@/lib/api/answers/problem";
import { securityHeaders } from "@/lib/api/answers/security-headers";
import { rawHeader } from "@/lib/api/raw-header";
import type { Encoded, StoredDocument } from "@/lib/catalog/encoding/stored-document";
import type { KnownText } from "@/lib/catalog/snapshot/update-bodies";
import { AppError } from "@/lib/platform/errors";

export type AnswerContext = {
  requestId: string;
  /** The catalog's revision; undefined until the first snapshot. */
  revision: bigint | undefined;
  /** Readable from every origin (CORS). */
  open: boolean;
  /** The only other origin that can read the response. */
  origin?: string | undefined;
  /** Called with an internal error that ended a stream. */
  streamFailed?: ((failure: AppError) => void) | undefined;
};

const API_POLICY = "default-src 'none'; frame-ancestors 'none'";
const EXPOSING = [
  "access-control-expose-headers",
  "ETag, Gantry-Snapshot, Retry-After, X-Gantry-Omitted, X-Request-Id, RateLimit, RateLimit-Policy",
];

const TEXT_HEADERS = ["content-type", "application/json; charset=utf-8", "cache-control", "no-store"];

export class AnswerWriter {
  private readonly open: RawHeaders;
  private readonly closed: RawHeaders;
  private readonly openText: RawHeaders;
  private readonly closedText: RawHeaders;
  private readonly ofDocument = new WeakMap<Encoded, SentHeaders>();
  private readonly encodings = new EncodingChoice();

  constructor(options: { https: boolean }) {
    const own = { ...securityHeaders(options), "content-security-policy": API_POLICY };
    const common = Object.entries(own).flat();
    this.open = [
      ...common,
      ...["cross-origin-resource-policy", "cross-origin"],
      ...["access-control-allow-origin", "*", ...EXPOSING],
    ];
    this.closed = [...common, "cross-origin-resource-policy", "same-origin"];
    this.openText = [...this.open, ...TEXT_HEADERS];
    this.closedText = [...this.closed, ...TEXT_HEADERS];
  }

  /** Returns the status sent. `HEAD` gets the headers of the full response. */
  write(req: IncomingMessage, res: ServerResponse, answer: ApiAnswer, context: AnswerContext): number {
    if (answer.kind === "stored") return this.writeStored(req, res, answer.document, context);
    if (answer.kind === "stream") return this.writeStream(res, answer, context);
    if (answer.kind === "text") return this.writeText(req, res, answer.text, context);
    const { status, headers, bytes } = flat(answer);
    const sent = { "cache-control": "no-store", ...headers };
    const common = replacing(this.common(context), sent);
    const framing = bytes === undefined ? [] : ["content-length", String(bytes.byteLength)];
    // The rest of an oversized body is not read.
    if (status === 413) framing.push("connection", "close");
    const own = Object.entries(sent).flat();
    res.writeHead(status, [...common, "x-request-id", context.requestId, ...own, ...framing]);
    res.end(req.method === "HEAD" ? undefined : bytes);
    return status;
  }

  private writeStream(
    res: ServerResponse,
    { headers, write }: Extract<ApiAnswer, { kind: "stream" }>,
    context: AnswerContext,
  ): number {
    const sent = { "cache-control": "no-store", ...headers };
    const common = replacing(this.common(context), sent);
    res.writeHead(200, [...common, "x-request-id", context.requestId, ...Object.entries(sent).flat()]);
    res.flushHeaders();
    // Writing to a closed connection would fail.
    const send = (text: string) => void (res.destroyed || res.write(text));
    void write(send)
      .then((failure) => failure && context.streamFailed?.(failure))
      .finally(() => res.end());
    return 200;
  }

  private writeText(
    req: IncomingMessage,
    res: ServerResponse,
    { text, byteLength, encoding }: KnownText,
    { open, requestId }: AnswerContext,
  ): number {
    const common = open ? this.openText : this.closedText;
    res.writeHead(200, common.concat("x-request-id", requestId, "content-length", byteLength));
    res.end(req.method === "HEAD" ? undefined : text, encoding);
    return 200;
  }

  private writeStored(
    req: IncomingMessage,
    res: ServerResponse,
    document: StoredDocument,
    context: AnswerContext,
  ): number {
    const encoded = this.encodings.choose(rawHeader(req, "accept-encoding"), document);
    if (encoded === undefined) return this.write(req, res, notAcceptable(context.requestId), context);
    const headers = this.headersOf(document, encoded, context.revision ?? 0n);
    if (matchesEtag(rawHeader(req, "if-none-match"), encoded.etag)) {
      res.writeHead(304, headers.notModified.concat(context.requestId));
      res.end();
      return 304;
    }
    res.writeHead(200, headers.full.concat(context.requestId));
    res.end(req.method === "HEAD" ? undefined : encoded.bytes);
    return 200;
  }

  private common({ open, origin }: AnswerContext): RawHeaders {
    if (open) return this.open;
    if (origin === undefined) return this.closed;
    return [...this.closed, "access-control-allow-origin", origin, ...EXPOSING, "vary", "origin"];
  }

  private headersOf(document: StoredDocument, encoded: Encoded, revision: bigint): SentHeaders {
    const known = this.ofDocument.get(encoded);
    if (known?.revision === revision) return known;
    const own = ["gantry-snapshot", String(revision), ...this.open, "x-request-id"];
    const made = documentHeaders(document, encoded, revision, own);
    this.ofDocument.set(encoded, made);
    return made;
  }
}

type Whole = Exclude<ApiAnswer, { kind: "stored" | "stream" | "text" }>;
type Flat = { status: number; headers: Record<string, string>; bytes: Uint8Array | undefined };

function flat(answer: Whole): Flat {
  const headers = answer.headers ?? {};
  switch (answer.kind) {
    case "json":
      return {
        status: answer.status,
        headers: { "content-type": "application/json; charset=utf-8", ...headers },
        bytes: Buffer.from(JSON.stringify(answer.value), "utf8"),
      };
    case "bytes":
      return { status: answer.status, headers, bytes: answer.bytes };
    case "empty":
      return { status: answer.status, headers, bytes: answer.status === 204 ? undefined : new Uint8Array() };
  }
}

/** The response's own headers override the common ones (media have a stricter policy). */
function replacing(raw: RawHeaders, own: Record<string, string>): string[] {
  return raw.filter((_text, index) => {
    const name = raw[index - (index % 2)] ?? "";
    return !Object.hasOwn(own, name);
  });
}

function notAcceptable(requestId: string): ApiAnswer {
  const error = new AppError("not_acceptable", "The client accepts neither gzip nor plain bytes.", {
    suggestion: "Omit Accept-Encoding, or accept gzip.",
  });
  return problemAnswer(error, requestId);
}
