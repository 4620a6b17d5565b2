import type { NamedHost } from "@/lib/catalog/documents/host-offers";
import type { Host } from "@/lib/extension/desktop/desktop-release";

const HOSTS_MAX = 16;

/**
 * Caches whether an extension has any offer for recent hosts, as booleans, because lists filter all extensions by host.
 */
export class OfferedHosts {
  private answers: Map<string, boolean> | undefined;

  constructor(private readonly isOffered: (host: Host) => boolean) {}

  has({ host, name, isKnown }: NamedHost): boolean {
    if (!isKnown) return this.isOffered(host);
    const known = this.answers?.get(name);
    if (known !== undefined) return known;
    const answer = this.isOffered(host);
    if (this.answers === undefined || this.answers.size >= HOSTS_MAX) this.answers = new Map();
    this.answers.set(name, answer);
    return answer;
  }
}
