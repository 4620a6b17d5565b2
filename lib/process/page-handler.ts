import type { IncomingMessage, ServerResponse } from "node:http";
import type { TakeUpgrade } from "@/lib/process/unusual-requests";

/** Handles requests for pages: Next. */
export type PageHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

export type Pages = {
  handle: PageHandler;
  /** In development only: hot reload needs a WebSocket. */
  takeUpgrade?: TakeUpgrade | undefined;
};
