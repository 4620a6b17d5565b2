import { expect, test } from "vitest";
import { countedTogether, DOCUMENTED_LIMITS } from "@/lib/registry/oci/documented-limits";

test("every row names its source, and no host has two", () => {
  const hosts = ["docker.io", "quay.io", "registry.gitlab.com", "eu.gcr.io", "europe-docker.pkg.dev"];
  for (const host of [...hosts, "123.dkr.ecr.eu-west-1.amazonaws.com"])
    expect(DOCUMENTED_LIMITS.filter((limit) => limit.host.test(host))).toHaveLength(1);
  for (const { source } of DOCUMENTED_LIMITS) expect(new URL(source).protocol).toBe("https:");
});

test.each([
  ["docker.io", /per IPv4 address or IPv6 \/64 network/],
  ["registry.corp.example", /^$/],
  ["evil-gcr.io.example", /^$/],
  ["notdocker.io", /^$/],
])("what %s documents is said with its rate limit", (host, words) => {
  expect(countedTogether(host)).toMatch(words);
});
