/** A name reserved for its owner. `namespaces`: where the owner pushes, as prefixes of repositories. */
export type ReservedVendor = { name: string; aliases: readonly string[]; namespaces: readonly string[] };

/** Makers of well-known extensions and of the products that extensions are about. Maintained by hand. */
export const RESERVED_VENDORS: readonly ReservedVendor[] = [
  reserved("Docker", ["docker"], ["Docker Desktop", "Docker Hub", "Docker Scout", "Moby"]),
  reserved("Microsoft", ["microsoft", "mcr.microsoft.com/"], ["Azure", "Microsoft Azure"]),
  reserved("Google", ["google", "gcr.io/google"], ["Google Cloud"]),
  reserved("Amazon", ["amazon", "public.ecr.aws/aws"], ["Amazon Web Services", "AWS"]),
  reserved("Red Hat", ["redhat", "redhatdeveloper", "quay.io/redhat"], ["RedHat"]),
  reserved(
    "SUSE",
    ["suse", "rancher", "ghcr.io/rancher-sandbox", "registry.suse.com/"],
    ["Rancher", "Rancher Labs"],
  ),
  reserved("Canonical", ["canonical", "ubuntu"], ["Ubuntu"]),
  reserved("VMware", ["vmware"], ["Tanzu"]),
  reserved("IBM", ["ibmcom", "icr.io/"], []),
  reserved("Oracle", ["oracle", "container-registry.oracle.com/"], []),
  reserved("HashiCorp", ["hashicorp"], ["Terraform"]),
  reserved("GitHub", ["github", "ghcr.io/github"], []),
  reserved("GitLab", ["gitlab", "registry.gitlab.com/gitlab-org"], []),
  reserved("JetBrains", ["jetbrains"], []),
  reserved("Grafana Labs", ["grafana"], ["Grafana"]),
  reserved("Elastic", ["elastic", "docker.elastic.co/"], ["Elasticsearch"]),
  reserved("Redis", ["redis"], ["Redis Labs"]),
  reserved("MongoDB", ["mongodb"], []),
  reserved("Tailscale", ["tailscale"], []),
  reserved("Portainer", ["portainer"], ["Portainer.io"]),
  reserved("Snyk", ["snyk"], []),
  reserved("Aqua Security", ["aquasec"], ["AquaSec", "Trivy"]),
  reserved("Anchore", ["anchore"], []),
  reserved("Sysdig", ["sysdig"], []),
  reserved("NGINX", ["nginx", "nginxinc"], ["F5 NGINX"]),
  reserved("ngrok", ["ngrok"], []),
  reserved("LocalStack", ["localstack"], []),
  reserved("JFrog", ["jfrog", "releases-docker.jfrog.io/"], ["Artifactory"]),
  reserved("Postman", ["postman", "joycelin79"], []),
  reserved("Harness", ["harness", "drone"], ["Drone"]),
  reserved("Okteto", ["okteto"], []),
  reserved("Datadog", ["datadog"], []),
  reserved("New Relic", ["newrelic"], []),
  reserved("Cloudflare", ["cloudflare"], []),
  reserved("Kubernetes", ["registry.k8s.io/"], ["CNCF"]),
  reserved("OpenAI", ["openai"], []),
  reserved("Anthropic", ["anthropic"], []),
  reserved("NVIDIA", ["nvidia", "nvcr.io/nvidia"], []),
  reserved("Podman Desktop", ["quay.io/podman-desktop", "ghcr.io/podman-desktop"], ["Podman"]),
];

/** A namespace without a host is on Docker Hub. */
function reserved(name: string, owners: readonly string[], aliases: readonly string[]): ReservedVendor {
  const namespaces = owners.map((owner) => {
    const path = /[./]/.test(owner) ? owner : `docker.io/${owner}`;
    return path.endsWith("/") ? path : `${path}/`;
  });
  return { name, aliases, namespaces };
}
