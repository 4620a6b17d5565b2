import { expect, test } from "vitest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import { credentialsFor } from "@/lib/registry/registry-credentials";

const ALL = [
  ["docker.io", ""],
  ["ghcr.io", "team"],
  ["ghcr.io", "team/apps"],
  ["ghcr.io", "team/apps/tool"],
  ["quay.io:8443", "team"],
].map(([host = "", namespace = ""]) => ({ host, namespace }));

test.each([
  ["acme/disk-lens", "docker.io "],
  ["ghcr.io/team/tool", "ghcr.io team"],
  ["ghcr.io/team/apps/other", "ghcr.io team/apps"],
  ["ghcr.io/team/apps/tool", "ghcr.io team/apps/tool"],
  ["ghcr.io/team/apps/tool/part", "ghcr.io team/apps/tool"],
  ["ghcr.io/team/apps-two/tool", "ghcr.io team"],
  ["ghcr.io/teams/tool", undefined],
  ["ghcr.io/my/team/tool", undefined],
  ["quay.io/team/tool", undefined],
  ["quay.io:8443/team/tool", "quay.io:8443 team"],
])("%s is read with %s", (name, chosen) => {
  for (const all of [ALL, ALL.toReversed()]) {
    const found = credentialsFor(all, repositoryOfName(name));
    expect(found && `${found.host} ${found.namespace}`).toBe(chosen);
  }
});
