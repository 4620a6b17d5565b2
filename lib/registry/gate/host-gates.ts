import { createHostGate, type HostGate, type HostView } from "@/lib/registry/gate/host-gate";

/**
 * Who waits for the answer: a person (`interactive`), or nobody (`background`). Background requests leave places and
 * the last tenth of a registry's allowance to people.
 */
export type Priority = "interactive" | "background";

/** One gate per host, shared by every client of the process, so that what one caller is told holds for all of them. */
export type HostGates = {
  /** The gate of `host:port`, made when first asked for. */
  at(host: string): HostGate;
  /** What is known of each host, for people who run this. */
  view(): HostView[];
};

export type HostGatesOptions = {
  /** Milliseconds since the epoch; the system's clock unless a test brings its own. */
  now?: () => number;
  /** Requests at once per host. */
  requestsAtOnce?: number;
  /** Told when a host asks us to wait or is left alone for a while. */
  onClosed?: (view: HostView) => void;
};

/** Beyond so many hosts (registries may redirect anywhere) the one that was idle longest is forgotten. */
const HOSTS_MAX = 1_000;

export function createHostGates(options: HostGatesOptions = {}): HostGates {
  /** The one that was used last stands last. */
  const gates = new Map<string, HostGate>();
  return {
    at(host) {
      const gate = gates.get(host) ?? createHostGate(host, options);
      gates.delete(host);
      gates.set(host, gate);
      if (gates.size > HOSTS_MAX) forgetOne(gates);
      return gate;
    },
    view: () => [...gates.values()].map((gate) => gate.view()),
  };
}

function forgetOne(gates: Map<string, HostGate>): void {
  for (const [host, gate] of gates) {
    if (gate.isIdle()) {
      gates.delete(host);
      return;
    }
  }
}
