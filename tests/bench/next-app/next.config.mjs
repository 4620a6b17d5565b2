import path from "node:path";
import { fileURLToPath } from "node:url";

/** The repository, where Next itself is installed. */
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../..");

export default { turbopack: { root }, outputFileTracingRoot: root };
