/** A process that takes the lock of the data folder it is given, says how that went, and keeps it until it ends. */

import { setInterval } from "node:timers";
import { lockDataFolder } from "@/lib/platform/data-lock";
import { isAppError } from "@/lib/platform/errors";

const [folder = "", startAt = "0"] = process.argv.slice(2);

// Several of these are told one instant, so that they really start together.
while (Date.now() < Number(startAt));

try {
  await lockDataFolder(folder);
  console.log("locked");
  setInterval(() => undefined, 1_000);
} catch (error) {
  console.log(isAppError(error) ? `refused: ${error.message}` : `failed: ${error}`);
}
