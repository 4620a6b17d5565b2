/** Who proved to be the owner of an account, and the epoch at that moment: a session is made only while it still holds. */
export type SignedIn = { userId: string; epoch: number };
