import type { SignInMethod } from "@/lib/journal/actor";

/**
 * A person who has just proved that an account is theirs, and how. A session is created from it only while the account
 * still has this epoch.
 */
export type SignedIn = { userId: string; epoch: number; method: SignInMethod };
