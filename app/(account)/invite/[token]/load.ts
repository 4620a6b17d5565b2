import { identity } from "@/lib/identity/identity";
import { readInvitation } from "@/lib/identity/users/read-invitation";
import { services } from "@/lib/journal/context";
import { isAppError } from "@/lib/platform/errors";

export type InvitationState =
  | { kind: "open"; email: string; name: string; isReset: boolean }
  | { kind: "refused"; message: string; suggestion: string | undefined }
  | { kind: "unavailable" };

export async function loadInvitation(input: { token: string; ip: string }): Promise<InvitationState> {
  try {
    const { user } = await readInvitation({ ...services.get(), identity: identity.get() }, input);
    return { kind: "open", email: user.email, name: user.name, isReset: user.passwordHash !== null };
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === "database_unavailable" || error.code === "starting") return { kind: "unavailable" };
    return { kind: "refused", message: error.message, suggestion: error.suggestion };
  }
}
