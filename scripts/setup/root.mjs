import path from "node:path";
import { fileURLToPath } from "node:url";

/** The root folder of the checkout. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** An absolute path inside the checkout. */
export function inRoot(...parts) {
  return path.join(root, ...parts);
}
