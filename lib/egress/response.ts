export type ResponseHeaders = {
  /** The field's value; of several lines the first. Names in lower case. */
  get(name: string): string | undefined;
  /** All lines of the field, in order. */
  all(name: string): string[];
};

export type GuardedResponse = {
  /** The address that answered. */
  url: URL;
  status: number;
  headers: ResponseHeaders;
  /** The body, once. Leaving the loop early ends the transfer. Throws like the fetch itself. */
  body: AsyncIterable<Uint8Array>;
  /** For an unwanted body: ends the exchange; never throws. Must be called when `body` is not read. */
  discard(): Promise<void>;
  /** Resolves when the exchange is over, however it ended: at the latest with its total time. */
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

/** The same answer with another reading of its body. */
export function withBody(response: GuardedResponse, body: AsyncIterable<Uint8Array>): GuardedResponse {
  return { ...response, body };
}
