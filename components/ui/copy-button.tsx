"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";

type CopyButtonProps = {
  text: string;
  /** Read by screen readers, verb and object: `Copy the install command`. */
  label: string;
};

const SHOWN_MS = 2_000;

/** Copies text to the clipboard. Hidden without scripts, where people select the text instead. */
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
        {copied === undefined ? "" : copied ? "Copied" : "Couldn’t copy. Select the text and copy it."}
      </span>
    </Button>
  );
}

/** False if the browser forbids it, as browsers do outside HTTPS and localhost. */
async function wrote(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
