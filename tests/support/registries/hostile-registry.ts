import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestListener,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer, type ServerOptions } from "node:https";
import { listen } from "@/tests/support/processes/listen";

export type RecordedRequest = {
  method: string;
  /** Path with query, as sent. */
  url: string;
  headers: IncomingHttpHeaders;
};

export type Answer = { status?: number; headers?: OutgoingHttpHeaders; body?: string | Uint8Array };

export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
) => Answer | undefined | Promise<Answer | undefined>;

/** One fixed answer, or full control over the exchange (slow bodies, resets, lies about lengths). */
export type Behavior = Answer | Handler;

export type HostileRegistry = {
  host: string;
  url: string;
  /** Every request so far, in order. */
  requests: RecordedRequest[];
  /** TCP connections accepted so far, even those on which nothing was sent. */
  connections(): number;
  /** How many requests had this path (without query). */
  count(path: string): number;
  /**
   * What to answer on a path (exact, without query, or a pattern over the path). Several behaviors are taken one
   * after the other and the last one stays. A later `on` for the same path replaces the earlier one.
   */
  on(path: string | RegExp, ...behaviors: [Behavior, ...Behavior[]]): void;
  stop(): Promise<void>;
};

type Rule = { path: string | RegExp; behaviors: Behavior[]; used: number };

/** A registry that does what a test tells it, path by path, and has nothing else. With `tls` it speaks https. */
export async function startHostileRegistry(tls?: ServerOptions): Promise<HostileRegistry> {
  const requests: RecordedRequest[] = [];
  const rules: Rule[] = [];
  const answer: RequestListener = (request, response) => {
    const { method = "", url = "", headers } = request;
    requests.push({ method, url, headers });
    void act(nextBehavior(rules, pathOf(url)), request, response);
  };
  const server = tls === undefined ? createServer(answer) : createTlsServer(tls, answer);
  const listening = await listen(server, tls === undefined ? "http" : "https");
  return {
    host: listening.host,
    url: listening.origin,
    requests,
    connections: listening.connections,
    count: (path) => requests.filter((each) => pathOf(each.url) === path).length,
    on: (path, ...behaviors) => {
      rules.unshift({ path, behaviors, used: 0 });
    },
    stop: listening.stop,
  };
}

/** A server that must not be called: whatever reaches it is evidence. It answers 200 so that a caller would go on. */
export async function startTrap(): Promise<HostileRegistry> {
  const trap = await startHostileRegistry();
  trap.on(/.*/, {
    status: 200,
    headers: { "content-type": "application/json" },
    body: '{"token":"trapped"}',
  });
  return trap;
}

function pathOf(url: string): string {
  return url.split("?", 1)[0] ?? "";
}

function nextBehavior(rules: Rule[], path: string): Behavior {
  const rule = rules.find((each) =>
    typeof each.path === "string" ? each.path === path : each.path.test(path),
  );
  if (rule === undefined) return NOT_THERE;
  const behavior = rule.behaviors[Math.min(rule.used, rule.behaviors.length - 1)];
  rule.used += 1;
  return behavior ?? NOT_THERE;
}

/** How Distribution answers a HEAD request. */
export const NOT_THERE: Answer = {
  status: 404,
  headers: { "docker-distribution-api-version": "registry/2.0" },
};

async function act(behavior: Behavior, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = typeof behavior === "function" ? await behavior(request, response) : behavior;
  if (answer === undefined) return;
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    if (value !== undefined) response.setHeader(name, value);
  }
  response.writeHead(answer.status ?? 200);
  response.end(request.method === "HEAD" ? undefined : answer.body);
}
