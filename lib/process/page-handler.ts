import type { IncomingMessage, ServerResponse } from "node:http";

/** What answers requests for pages: Next. */
export type PageHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;
