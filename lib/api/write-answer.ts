/** Puts answers on the wire. What can be made once per document is made once. */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApiAnswer } from "@/lib/api/answer";
import { matchesEtag } from "@/lib/api/conditional";
import { negotiateEncoding } from "@/lib/api/negotiate";
import { problemAnswer } from "@/lib/api/problem";
import { securityHeaders } from "@/lib/api/security-headers";
import type { Encoded, StoredDocument } from "@/lib/catalog/stored-document";
import { AppError } from "@/lib/platform/errors";

export type AnswerContext = {
  requestId: string;
  /** Of the catalog; absent until there is one. */
  revision: bigint | undefined;
  /** For every origin. */
  open: boolean;
};

const API_POLICY = "default-src 'none'; frame-ancestors 'none'";
const EXPOSED = "ETag, Gantry-Snapshot, Retry-After, X-Request-Id";

/** Header names and values in turn, as node:http takes them without looking at each again. */
type RawHeaders = readonly string[];
type SentHeaders = { full: RawHeaders; notModified: RawHeaders };

export class AnswerWriter {
  private readonly open: RawHeaders;
  private readonly closed: RawHeaders;
  private readonly ofDocument = new WeakMap<Encoded, SentHeaders>();

  constructor(options: { https: boolean }) {
    const own = { ...securityHeaders(options), "content-security-policy": API_POLICY };
    const common = Object.entries(own).flat();
    this.open = [
      ...common,
      ...["cross-origin-resource-policy", "cross-origin"],
      ...["access-control-allow-origin", "*", "access-control-expose-headers", EXPOSED],
    ];
    this.closed = [...common, "cross-origin-resource-policy", "same-origin"];
  }

  /** Returns the status that was sent. `HEAD` gets the headers of the whole body. */
  write(req: IncomingMessage, res: ServerResponse, answer: ApiAnswer, context: AnswerContext): number {
    if (answer.kind === "stored") return this.writeStored(req, res, answer.document, context);
    const { status, headers, bytes } = flat(answer);
    const sent = { "cache-control": "no-store", ...headers };
    const common = replacing(context.open ? this.open : this.closed, sent);
    const framing = bytes === undefined ? [] : ["content-length", String(bytes.byteLength)];
    // Whatever else of a body that is too large may still come is not worth reading.
    if (status === 413) framing.push("connection", "close");
    const own = Object.entries(sent).flat();
    res.writeHead(status, [...common, "x-request-id", context.requestId, ...own, ...framing]);
    res.end(req.method === "HEAD" ? undefined : bytes);
    return status;
  }

  private writeStored(
    req: IncomingMessage,
    res: ServerResponse,
    document: StoredDocument,
    context: AnswerContext,
  ): number {
    const encoding = negotiateEncoding(req.headers["accept-encoding"], document.gzip !== undefined);
    if (encoding === undefined) return this.write(req, res, notAcceptable(context.requestId), context);
    const encoded = (encoding === "gzip" ? document.gzip : undefined) ?? document.identity;
    const { full, notModified } = this.headersOf(document, encoded);
    const own = ["x-request-id", context.requestId, "gantry-snapshot", String(context.revision ?? 0n)];
    if (matchesEtag(req.headers["if-none-match"], encoded.etag)) {
      res.writeHead(304, [...notModified, ...own]);
      res.end();
      return 304;
    }
    res.writeHead(200, [...full, ...own]);
    res.end(req.method === "HEAD" ? undefined : encoded.bytes);
    return 200;
  }

  private headersOf(document: StoredDocument, encoded: Encoded): SentHeaders {
    const known = this.ofDocument.get(encoded);
    if (known !== undefined) return known;
    const made = documentHeaders(document, encoded, this.open);
    this.ofDocument.set(encoded, made);
    return made;
  }
}

function documentHeaders(document: StoredDocument, encoded: Encoded, open: RawHeaders): SentHeaders {
  const validators = [
    "etag",
    encoded.etag,
    "cache-control",
    document.cacheControl,
    "vary",
    "accept-encoding",
  ];
  const isGzip = encoded === document.gzip;
  return {
    notModified: [...validators, ...open],
    full: [
      "content-type",
      document.contentType,
      "content-length",
      String(encoded.bytes.byteLength),
      ...(isGzip ? ["content-encoding", "gzip"] : []),
      ...validators,
      ...open,
    ],
  };
}

type Flat = { status: number; headers: Record<string, string>; bytes: Uint8Array | undefined };

function flat(answer: Exclude<ApiAnswer, { kind: "stored" }>): Flat {
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

/** The answer's own headers win over the common ones (media have a stricter policy). */
function replacing(raw: RawHeaders, own: Record<string, string>): string[] {
  return raw.filter((_text, index) => {
    const name = raw[index - (index % 2)] ?? "";
    return !Object.hasOwn(own, name);
  });
}

function notAcceptable(requestId: string): ApiAnswer {
  const error = new AppError("not_acceptable", "The client accepts neither gzip nor plain bytes.", {
    suggestion: "Leave Accept-Encoding out, or accept gzip.",
  });
  return problemAnswer(error, requestId);
}
