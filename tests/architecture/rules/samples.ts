/** Bad samples: code that turns an arrow or opens a second door. Each must be reported, or a rule has gone blind. */

/** A file's path and its source. */
export type Code = readonly [file: string, source: string];

/** Code that breaks one rule, and what the report must say. */
export type BadCode = { teaches: string; bad: readonly Code[] };

export const TURNED_ARROWS: readonly BadCode[] = [
  {
    teaches: "lib/catalog stands above it",
    bad: [
      ["lib/registry/a.ts", `import { x } from "@/lib/catalog/x";`],
      ["lib/registry/a.ts", `import type { X } from "@/lib/catalog/x";`],
      ["lib/registry/a.ts", `export * from "@/lib/catalog/x";`],
      ["lib/registry/a.ts", `export { x } from "@/lib/catalog/x";`],
      ["lib/registry/a.ts", `const x = await import("@/lib/catalog/x");`],
      ["lib/registry/a.ts", "const x = await import(`@/lib/catalog/x`);"],
      ["lib/registry/a.ts", `type X = import("@/lib/catalog/x").X;`],
      ["lib/registry/a.ts", `let x: typeof import("@/lib/catalog/x");`],
      ["lib/registry/a.ts", `import x = require("@/lib/catalog/x");`],
      ["lib/registry/a.ts", `const x = require("@/lib/catalog/x");`],
      ["lib/registry/a.ts", `const x = createRequire(import.meta.url)("@/lib/catalog/x");`],
      ["lib/registry/a.ts", `import "@/lib/platform/../catalog/x";`],
    ],
  },
  {
    teaches: "relative path",
    bad: [
      ["lib/registry/a.ts", `import { x } from "../catalog/x";`],
      ["lib/registry/a.ts", `import { x } from "./x";`],
    ],
  },
  {
    teaches: "something computed",
    bad: [
      ["lib/registry/a.ts", "const x = await import(name);"],
      ["lib/registry/a.ts", `const x = await import("@/lib/" + name);`],
    ],
  },
  {
    teaches: "which is in no room",
    bad: [["lib/registry/a.ts", `import { x } from "@/tests/support/x";`]],
  },
  {
    teaches: "lib/egress imports only lib/platform, lib/extension",
    bad: [["lib/egress/a.ts", `import { x } from "@/lib/journal/x";`]],
  },
  {
    teaches: "lib/journal imports only",
    bad: [["lib/journal/a.ts", `import { x } from "@/lib/egress/x";`]],
  },
  {
    teaches: "lib/inspection imports only",
    bad: [["lib/inspection/a.ts", `import { x } from "@/lib/identity/x";`]],
  },
  {
    teaches: "lib/catalog imports only",
    bad: [["lib/catalog/a.ts", `import { x } from "@/lib/scanning/x";`]],
  },
  {
    teaches: "lib/scanning stands above it",
    bad: [["lib/marketplace/a.ts", `import { x } from "@/lib/scanning/x";`]],
  },
  {
    teaches: "lib/platform imports no other room",
    bad: [["lib/platform/a.ts", `import { x } from "@/lib/extension/x";`]],
  },
  {
    teaches: "only lib/platform/errors and",
    bad: [["lib/extension/a.ts", `import { x } from "@/lib/platform/clock";`]],
  },
  {
    teaches: "lib/api stands above it",
    bad: [["lib/catalog/a.ts", `import { x } from "@/lib/api/x";`]],
  },
  {
    teaches: "lib/api imports only",
    bad: [["lib/api/a.ts", `import { x } from "@/app/x";`]],
  },
  {
    teaches: "app imports only",
    bad: [["app/page.tsx", `import { x } from "@/lib/api/x";`]],
  },
  {
    teaches: "in no room",
    bad: [["app/page.tsx", `import { x } from "@/server";`]],
  },
  {
    teaches: "use types of lib/catalog only",
    bad: [["components/catalog/a.tsx", `import { x } from "@/lib/catalog/x";`]],
  },
  {
    teaches: "app stands above it",
    bad: [["components/catalog/a.tsx", `import { x } from "@/app/x";`]],
  },
  {
    teaches: "components/ui imports no other room",
    bad: [["components/ui/a.tsx", `import type { X } from "@/lib/extension/x";`]],
  },
  {
    teaches: "server.ts imports only",
    bad: [["server.ts", `import { x } from "@/app/x";`]],
  },
  {
    teaches: "is in no room",
    bad: [["lib/utils/a.ts", `import { x } from "@/lib/platform/x";`]],
  },
  {
    teaches: "write it in TypeScript",
    bad: [["lib/platform/a.mjs", "export const x = 1;"]],
  },
];

export const OPENED_DOORS: readonly BadCode[] = [
  {
    teaches: "goes through lib/egress",
    bad: [
      ["lib/registry/a.ts", `import https from "node:https";`],
      ["lib/registry/a.ts", `import { connect } from "net";`],
      ["lib/registry/a.ts", `import dns from "node:dns/promises";`],
      ["lib/scanning/a.ts", `import { fetch } from "undici";`],
      ["lib/api/a.ts", `import { createServer, type Server } from "node:http";`],
    ],
  },
  {
    teaches: "opened by lib/platform/db only",
    bad: [
      ["lib/catalog/a.ts", `import pg from "pg";`],
      ["app/page.tsx", `import { PrismaClient } from "@prisma/client";`],
      ["lib/platform/a.ts", `import { PGlite } from "@electric-sql/pglite";`],
    ],
  },
  {
    teaches: "rooms that own tables",
    bad: [["lib/catalog/a.ts", `import { Prisma } from "@/lib/platform/prisma/client";`]],
  },
  {
    teaches: "through lib/platform/queue",
    bad: [["lib/scanning/a.ts", `import PgBoss from "pg-boss";`]],
  },
  {
    teaches: "lib/identity's business",
    bad: [["app/page.tsx", `import { getServerSession } from "next-auth/next";`]],
  },
  {
    teaches: "lib/extension holds it",
    bad: [
      ["lib/catalog/a.ts", `import semver from "semver";`],
      ["lib/catalog/a.ts", `import x from "../../node_modules/semver/index.js";`],
    ],
  },
  {
    teaches: "read once, by lib/platform/env",
    bad: [["lib/catalog/a.ts", `import { env } from "node:process";`]],
  },
  {
    teaches: "lib/extension is pure",
    bad: [
      ["lib/extension/a.ts", `import { createHash } from "node:crypto";`],
      ["lib/extension/a.ts", `import { cache } from "react";`],
    ],
  },
];

export const FORBIDDEN_ACTS: readonly BadCode[] = [
  {
    teaches: "reads the environment",
    bad: [
      ["lib/catalog/a.ts", "const port = process.env.PORT;"],
      ["lib/catalog/a.ts", `const port = process["env"].PORT;`],
      ["lib/catalog/a.ts", "const { env } = process;"],
      ["lib/catalog/a.ts", "const port = globalThis.process.env.PORT;"],
      ["components/a.tsx", "const mode = import.meta.env.MODE;"],
      ["server.ts", "const port = process.env?.PORT;"],
    ],
  },
  {
    teaches: "goes to the network directly",
    bad: [
      ["app/page.tsx", `const x = await fetch("https://example.com");`],
      ["lib/registry/a.ts", "const get = options.fetch ?? fetch;"],
      ["lib/registry/a.ts", "const x = globalThis.fetch(url);"],
      ["lib/registry/a.ts", "const x = new WebSocket(url);"],
    ],
  },
  {
    teaches: "writes to the console",
    bad: [
      ["lib/catalog/a.ts", `console.log("x");`],
      ["lib/catalog/a.ts", "const { log } = console;"],
    ],
  },
  {
    teaches: "check of certificates",
    bad: [
      ["lib/egress/a.ts", "const options = { rejectUnauthorized: false };"],
      ["lib/egress/a.ts", `const options = { "rejectUnauthorized": strict };`],
      ["lib/egress/a.ts", `set("NODE_TLS_REJECT_UNAUTHORIZED", "0");`],
    ],
  },
  {
    teaches: "clock, randomness",
    bad: [
      ["lib/extension/a.ts", "const now = Date.now();"],
      ["lib/extension/a.ts", "const now = new Date();"],
      ["lib/extension/a.ts", "const now = Date();"],
      ["lib/extension/a.ts", "const id = Math.random();"],
      ["lib/extension/a.ts", "const id = crypto.randomUUID();"],
      ["lib/extension/a.ts", "setTimeout(done, 5);"],
    ],
  },
  {
    teaches: "keeps state in the module",
    bad: [
      ["lib/catalog/a.ts", "let current: string | undefined;"],
      ["lib/catalog/a.ts", "export let current = 1;"],
      ["lib/catalog/a.ts", "const cache = new Map<string, string>();"],
      ["lib/catalog/a.ts", "const seen: string[] = [];"],
    ],
  },
  {
    teaches: "text of a publisher or person as it is",
    bad: [
      ["components/catalog/a.tsx", "const A = () => <p>{extension.title}</p>;"],
      ["components/catalog/a.tsx", "const A = () => <p>by {vendor ?? publisher.slug}</p>;"],
      ["components/catalog/a.tsx", "const A = () => <><b>{open.version.title ?? repository}</b></>;"],
      ["app/a.tsx", "const A = () => <figcaption>{isShown ? alt : null}</figcaption>;"],
      ["app/a.tsx", "const A = () => <p>{`by $" + "{submitter.name}`}</p>;"],
    ],
  },
];

/** Code that looks like the above and is right: a rule that reports it is too eager. */
export const GOOD_CODE: readonly Code[] = [
  [
    "components/catalog/a.tsx",
    "const A = () => <Card title={item.title}><bdi>{item.title}</bdi><p>{section.title}</p></Card>;",
  ],
  [
    "components/admin/a.tsx",
    "const A = () => <p>by <bdi><b>{submitter.name}</b></bdi>, <ForeignText text={vendor} />{entry.tag}</p>;",
  ],
  ["lib/catalog/a.ts", `import { x } from "@/lib/marketplace/x"; import type { Y } from "@/lib/egress/y";`],
  ["lib/catalog/a.ts", `import { x } from "@/lib/catalog/snapshot/x";`],
  [
    "lib/catalog/a.ts",
    `// import { x } from "@/lib/api/x"; process.env.PORT
const text = 'import "@/app/x"; fetch("x")';`,
  ],
  [
    "lib/extension/a.ts",
    `import { AppError } from "@/lib/platform/errors"; import { z } from "zod"; import semver from "semver";`,
  ],
  [
    "lib/extension/a.ts",
    "const at = new Date(text); const table = new Map([[1, 2]]); const size = Math.max(1, 2);",
  ],
  ["lib/egress/a.ts", `import { Agent } from "undici"; const options = { rejectUnauthorized: true };`],
  [
    "lib/api/a.ts",
    `import type { IncomingMessage } from "node:http"; import { type Server } from "node:http";`,
  ],
  [
    "lib/registry/a.ts",
    "export function tags({ fetch }: Options, { retry = 1 } = {}) { return fetch(retry); }",
  ],
  [
    "lib/registry/a.ts",
    "type Options = { fetch: typeof fetch }; export const tags = (o: Options) => o.fetch(1);",
  ],
  ["lib/platform/data-lock.ts", `import net from "node:net"; const mine = process.pid;`],
  ["lib/platform/env.ts", "export const read = (source = process.env) => source.PORT;"],
  [
    "lib/marketplace/a.ts",
    `import { Prisma } from "@/lib/platform/prisma/client"; const none = Prisma.JsonNull;`,
  ],
  ["lib/catalog/a.ts", "export function count() { let n = 0; const seen = new Set(); return [n++, seen]; }"],
  [
    "components/a.tsx",
    `import type { Card } from "@/lib/catalog/card"; export const A = () => <p>Don't fetch("x") // yet</p>;`,
  ],
  ["components/a.tsx", `import { Button } from "@/components/ui/button";`],
  [
    "app/page.tsx",
    `import { load } from "@/lib/catalog/load"; import { Card } from "@/components/catalog/card";`,
  ],
  ["server.ts", `import { startGantry } from "@/lib/process/start";`],
  [
    "lib/process/http.ts",
    `import { createServer } from "node:http"; import { routes } from "@/lib/api/routes";`,
  ],
];
