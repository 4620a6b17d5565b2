"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Notice, type NoticeTone } from "@/components/ui/notice";

type FlashProps = {
  tone: NoticeTone;
  title: string;
  text?: string | undefined;
  /** The cookie that carried it across the redirect; deleted once it is shown. */
  cookie: string;
};

/** A toast that shows the result of the last action once, after a redirect. */
export function Flash({ tone, title, text, cookie }: FlashProps) {
  const [shown, setShown] = useState(true);
  useEffect(() => {
    const secure = cookie.startsWith("__Host-") ? "; Secure" : "";
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not available everywhere yet
    document.cookie = `${cookie}=; Path=/; Max-Age=0; SameSite=Lax${secure}`;
  }, [cookie]);
  if (!shown) return null;
  return (
    <div
      role="status"
      className="fixed inset-x-4 bottom-4 z-40 mx-auto max-w-md rounded-md bg-surface shadow-raised"
    >
      <Notice tone={tone} title={title}>
        {text}
      </Notice>
      <Button
        look="plain"
        size="small"
        className="needs-script absolute end-1 top-1"
        aria-label="Dismiss message"
        onClick={() => setShown(false)}
      >
        <Icon name="x" />
      </Button>
    </div>
  );
}
