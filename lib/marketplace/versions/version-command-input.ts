import type { BlockLevel } from "@/lib/platform/prisma/client";

export type VersionAct = "list" | "hold" | "yank" | "block" | "restore";

export type VersionActInput = {
  repository: string;
  tag: string;
  act: VersionAct;
  reason: string;
  /**
   * For `list`: the accepted digest, or the one the tag moved to, which is then accepted in its place. For `restore` also
   * one that the tag named earlier.
   */
  expectedDigest?: string | undefined;
  /** For `list` outside the envelope: true = later versions may do the same; false = this version only. */
  widenEnvelope?: boolean | undefined;
  /** For `block`: `hard` = remove it, `soft` = warn. Default hard. */
  level?: BlockLevel | undefined;
};
