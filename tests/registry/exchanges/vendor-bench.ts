import type { RegistryClient } from "@/lib/registry/client";
import type { Authority } from "@/tests/support/registries/certificates";
import { startConnectProxy } from "@/tests/support/registries/connect-proxy";
import { type HostileRegistry, startHostileRegistry } from "@/tests/support/registries/hostile-registry";
import { type OpenClientOptions, openClient } from "@/tests/support/registries/registry-client";

/** Every host of every vendor; a proxy leads all of them to one server. */
const HOSTS = [
  ...["registry-1.docker.io", "auth.docker.io", "production.cloudflare.docker.com", "ghcr.io"],
  ...[
    "pkg-containers.githubusercontent.com",
    "public.ecr.aws",
    "quay.io",
    "registry.gitlab.com",
    "gitlab.com",
  ],
  ...["harbor.example", "artifactory.example", "nexus.example", "contoso.azurecr.io"],
  ...["contoso.blob.core.windows.net", "us-docker.pkg.dev", "d2glxqk2uabbnd.cloudfront.net"],
];

export type VendorBench = {
  server: HostileRegistry;
  /** A client that reaches the vendors' real host names over TLS, which all lead to `server`. */
  client(table: Parameters<typeof openClient>[0], options?: OpenClientOptions): RegistryClient;
  stop(): Promise<void>;
};

export async function startVendorBench(authority: Authority): Promise<VendorBench> {
  const server = await startHostileRegistry(authority.issue(HOSTS.map((host) => `DNS:${host}`)));
  const proxy = await startConnectProxy(() => Number(new URL(server.url).port));
  const closing: (() => Promise<void>)[] = [];
  return {
    server,
    client(table, options) {
      const open = openClient(table, {
        proxy: { httpsProxy: proxy.origin },
        ca: [authority.cert],
        ...options,
      });
      closing.push(open.close);
      return open.client;
    },
    async stop() {
      await Promise.all(closing.map((close) => close()));
      await proxy.stop();
      await server.stop();
    },
  };
}
