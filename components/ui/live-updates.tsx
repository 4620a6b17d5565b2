"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";

type LiveUpdatesProps = {
  /** The event stream (server-sent events) of the change token. */
  events: string;
  /** The change token when the page was rendered. */
  changeToken: string;
};

/** How often to poll when the server refuses the event stream. */
const POLL_MS = 15_000;

/** Refreshes the page when its change token changes. Listens only while the page is visible. */
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
