"use server";

import { runFormAction } from "@/app/_forms/form-action";
import { readChoice, readField, readRequired } from "@/app/_forms/form-data";

import { returnPath } from "@/app/_page/return-path";
import type { FormState } from "@/components/ui/form-state";
import type { VersionAct } from "@/lib/marketplace/versions/version-command-input";
import { actOnVersion } from "@/lib/marketplace/versions/version-commands";
import type { VersionView } from "@/lib/marketplace/versions/version-view";

const ACTS = ["list", "hold", "yank", "block", "restore"] as const satisfies readonly VersionAct[];

export async function decideVersion(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const version = await actOnVersion(ctx, {
      repository: readField(form, "repository"),
      tag: readField(form, "tag"),
      act: readChoice(form, "act", ACTS),
      reason: readRequired(form, "reason"),
      expectedDigest: readField(form, "expectedDigest") || undefined,
      widenEnvelope: readField(form, "widenEnvelope") === "yes",
      level: readField(form, "level") === "soft" ? "soft" : "hard",
    });
    return { tone: "success", title: doneMessage(version), to: returnPath(readField(form, "from")) };
  });
}

function doneMessage({ tag, visibility, blockLevel }: VersionView): string {
  switch (visibility) {
    case "listed":
      return `${tag} is listed`;
    case "held":
      return `${tag} is held`;
    case "yanked":
      return `${tag} is yanked`;
    case "blocked":
      return blockLevel === "soft" ? `${tag} is blocked with a warning` : `${tag} is blocked`;
    case "unlisted":
      return `${tag} is not listed`;
  }
}
