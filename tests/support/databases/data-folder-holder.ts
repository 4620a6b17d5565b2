/** A process that takes the lock of the data folder it is given, says how that went, and keeps it until it ends. */

import { setInterval } from "node:timers";
import { lockDataFolder } from "@/lib/platform/data-lock";
import { isAppError } from "@/lib/platform/errors";

const [folder = "", startAt = "0"] = process.argv.slice(2);

// Several processes get the same instant, so that they start at the same time.
while (Date.now() < Number(startAt));

try {
  await lockDataFolder(folder);
  console.log("locked");
  setInterval(() => undefined, 1_000);
} catch (error) {
  console.log(isAppError(error) ? `refused: ${error.message}` : `failed: ${error}`);
}
