"use server";

import { act } from "@/app/_forms/form-act";
import { textOf } from "@/app/_forms/form-request";
import { chosenIn, requiredIn } from "@/app/_forms/given-in";
import { returnPath } from "@/app/_page/return-path";
import type { FormState } from "@/components/ui/form-state";
import type { VersionAct } from "@/lib/marketplace/versions/version-command-input";
import { actOnVersion } from "@/lib/marketplace/versions/version-commands";
import type { VersionView } from "@/lib/marketplace/versions/version-view";

const ACTS = ["list", "hold", "yank", "block", "restore"] as const satisfies readonly VersionAct[];

export async function decideVersion(_state: FormState, form: FormData): Promise<FormState> {
  return act(form, async ({ ctx }) => {
    const version = await actOnVersion(ctx, {
      repository: textOf(form, "repository"),
      tag: textOf(form, "tag"),
      act: chosenIn(form, "act", ACTS),
      reason: requiredIn(form, "reason"),
      expectedDigest: textOf(form, "expectedDigest") || undefined,
      widenEnvelope: textOf(form, "widenEnvelope") === "yes",
      level: textOf(form, "level") === "soft" ? "soft" : "hard",
    });
    return { tone: "success", title: doneWords(version), to: returnPath(textOf(form, "from")) };
  });
}

function doneWords({ tag, visibility, blockLevel }: VersionView): string {
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
