"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";

type CopyButtonProps = {
  text: string;
  /** Verb and object, read out: `Copy the install command`. */
  label: string;
};

const SHOWN_MS = 2_000;

/** Beside text that can be selected by hand, which is what is left without scripts. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const [copied, setCopied] = useState<boolean>();
  async function copy() {
    setCopied(await wrote(text));
    setTimeout(() => setCopied(undefined), SHOWN_MS);
  }
  return (
    <Button look="plain" size="small" className="needs-script shrink-0" onClick={copy} aria-label={label}>
      <Icon name={copied ? "check" : "copy"} />
      <span role="status" className="sr-only">
        {copied === undefined ? "" : copied ? "Copied" : "Not copied: select the text and copy it by hand"}
      </span>
    </Button>
  );
}

/** False where the browser forbids it, as it does outside https and localhost. */
async function wrote(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
