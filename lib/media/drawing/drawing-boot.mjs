// Starts the rendering program, or the one named by the first argument. Plain JavaScript, so that a process with
// another user and an empty working directory can run it without a loader.
import { register } from "tsx/esm/api";

register();
await import(process.argv[2] ?? new URL("./drawing-main.ts", import.meta.url).href);
