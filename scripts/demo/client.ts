/** A client of Gantry's public API. */

export type Client = (method: "GET" | "POST" | "PATCH", path: string, body?: unknown) => Promise<Json>;

/** A response of the API. Fields are validated where they are read. */
export type Json = Record<string, unknown>;

/**
 * Throws responses of status 400 and above with the text of the problem. Without a token the request is anonymous.
 */
export function createClient(gantryUrl: string, token?: string): Client {
  return async (method, path, body) => {
    const response = await fetch(new URL(path, gantryUrl), {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = asObject(await response.json());
    if (response.ok) return answer;
    throw new Error(`${method} ${path} returned ${response.status}: ${problemText(answer)}`);
  };
}

/** A required string of the response; throws when it is missing. */
export function textAt(answer: Json, key: string): string {
  const value = answer[key];
  if (typeof value === "string") return value;
  throw new Error(`The response has no string “${key}”: ${JSON.stringify(answer)}`);
}

/** A required object of the response; throws when it is missing. */
export function objectAt(answer: Json, key: string): Json {
  return asObject(answer[key]);
}

function asObject(value: unknown): Json {
  if (isObject(value)) return value;
  throw new Error(`The response is not an object: ${JSON.stringify(value)}`);
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function problemText({ code, detail, suggestion }: Json): string {
  return [code, detail, suggestion].filter((part) => typeof part === "string").join(" · ");
}
