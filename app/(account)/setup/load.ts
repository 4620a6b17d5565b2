import { isSetupOpen } from "@/lib/identity/set-up/set-up";
import { services } from "@/lib/journal/context";
import { hasCode } from "@/lib/platform/errors";

export async function loadSetup(): Promise<"open" | "closed" | "unavailable"> {
  try {
    return (await isSetupOpen(services.get().db)) ? "open" : "closed";
  } catch (error) {
    if (hasCode(error, "database_unavailable") || hasCode(error, "starting")) return "unavailable";
    throw error;
  }
}
