/** Speaks to Gantry's public API as any client would. */

export type Client = (method: "GET" | "POST" | "PATCH", path: string, body?: unknown) => Promise<Json>;

/** An answer of the API; what is read from it is checked where it is read. */
export type Json = Record<string, unknown>;

/** Answers of 400 and above are thrown with the words of the problem. Without a token nobody is signed in. */
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
    throw new Error(`${method} ${path} was answered with ${response.status}: ${problemText(answer)}`);
  };
}

/** A text that the API promises; throws when it is not there. */
export function textAt(answer: Json, key: string): string {
  const value = answer[key];
  if (typeof value === "string") return value;
  throw new Error(`The answer has no text “${key}”: ${JSON.stringify(answer)}`);
}

/** An object that the API promises; throws when it is not there. */
export function objectAt(answer: Json, key: string): Json {
  return asObject(answer[key]);
}

function asObject(value: unknown): Json {
  if (isObject(value)) return value;
  throw new Error(`The answer is no object: ${JSON.stringify(value)}`);
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function problemText({ code, detail, suggestion }: Json): string {
  return [code, detail, suggestion].filter((part) => typeof part === "string").join(" · ");
}
