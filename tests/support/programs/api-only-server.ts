/** Gantry as a process without its pages, which no test of the API or of the process needs. */

import { run } from "@/lib/process/run";

await run();
