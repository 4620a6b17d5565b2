"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";

type LiveUpdatesProps = {
  /** Where the server says what the page's subject looks like now. */
  events: string;
  /** What it looked like when this page was made. */
  changeToken: string;
};

/** How often to look by itself where the server refuses to keep a stream open. */
const POLL_MS = 15_000;

/** Shows the page anew when what it is about has changed; listens only while somebody can see it. */
export function LiveUpdates({ events, changeToken }: LiveUpdatesProps) {
  const { refresh } = useRouter();
  const shown = useRef(changeToken);
  useEffect(() => {
    shown.current = changeToken;
  }, [changeToken]);
  useEffect(() => {
    let source: EventSource | undefined;
    let poll: number | undefined;
    const stop = () => {
      source?.close();
      window.clearInterval(poll);
    };
    const listen = () => {
      stop();
      if (document.hidden) return;
      source = new EventSource(events);
      source.onmessage = ({ data }) => {
        if (data === shown.current) return;
        shown.current = data;
        refresh();
      };
      source.onerror = () => {
        if (source?.readyState !== EventSource.CLOSED) return;
        window.clearInterval(poll);
        poll = window.setInterval(refresh, POLL_MS);
      };
    };
    listen();
    document.addEventListener("visibilitychange", listen);
    return () => {
      stop();
      document.removeEventListener("visibilitychange", listen);
    };
  }, [events, refresh]);
  return null;
}
