export type ResponseHeaders = {
  /** The field's value; the first one if there are several lines. Names are in lower case. */
  get(name: string): string | undefined;
  /** All lines of the field, in order. */
  all(name: string): string[];
};

export type GuardedResponse = {
  /** The URL that responded. */
  url: URL;
  status: number;
  headers: ResponseHeaders;
  /** The body, readable once. Leaving the loop early cancels the transfer. Throws like the fetch itself. */
  body: AsyncIterable<Uint8Array>;
  /** Ends the exchange without reading the body; never throws. Required if `body` is not read. */
  discard(): Promise<void>;
  /** Resolves when the exchange ends, successfully or not: at the latest after its total time. */
  ended: Promise<void>;
};

export function responseHeaders(raw: Record<string, string | string[] | undefined>): ResponseHeaders {
  const fields = new Map(Object.entries(raw));
  const all = (name: string) => {
    const value = fields.get(name);
    return value === undefined ? [] : Array.isArray(value) ? value : [value];
  };
  return { all, get: (name) => all(name)[0] };
}

/** The same response with another body. */
export function withBody(response: GuardedResponse, body: AsyncIterable<Uint8Array>): GuardedResponse {
  return { ...response, body };
}
