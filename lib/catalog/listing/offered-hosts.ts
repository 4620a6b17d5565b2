import type { Host } from "@/lib/extension/desktop-release";

const HOSTS_MAX = 16;

/** One text for every host that is offered the same; its operating system changes only warnings. */
export function hostKey({ desktop, api, architecture, channel }: Host): string {
  return `${desktop ?? ""} ${api ?? ""} ${architecture} ${channel ?? ""}`;
}

/** For one extension: which of the hosts that were asked for last are offered any version of it. */
export class OfferedHosts {
  private answers: Map<string, boolean> | undefined;

  constructor(private readonly isOffered: (host: Host) => boolean) {}

  has(host: Host, key: string): boolean {
    const known = this.answers?.get(key);
    if (known !== undefined) return known;
    const answer = this.isOffered(host);
    if (this.answers === undefined || this.answers.size >= HOSTS_MAX) this.answers = new Map();
    this.answers.set(key, answer);
    return answer;
  }
}
