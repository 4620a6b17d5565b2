import { expect, test } from "vitest";
import { hostOffers, namedHost } from "@/lib/catalog/documents/host-offers";
import { OfferedHosts } from "@/lib/catalog/listing/offered-hosts";
import { UpdateAnswers } from "@/lib/catalog/snapshot/update-answers";
import type { Host } from "@/lib/extension/desktop/desktop-release";
import { offerFor } from "@/lib/extension/offer/offer";
import { prepareVersions } from "@/lib/extension/offer/offerable-version";
import { RELEASES } from "@/tests/builders/desktop-releases";
import { offerable } from "@/tests/builders/offerable-versions";

const POLICY = { bareApiVersion: "minimum" } as const;

test("of a thousand versions with fifty requirements a host's offer is worked out once, and is the right one", () => {
  const many = Array.from({ length: 1_000 }, (_none, index) =>
    offerable(`1.${index}.0`, index % 50 === 0 ? ">= 0.2.3" : `>= 1.${index % 50}.0`),
  );
  const prepared = prepareVersions(many);
  let asked = 0;
  const offers = hostOffers((host) => {
    asked += 1;
    return offerFor(prepared, host, RELEASES, POLICY);
  });
  const host = namedHost({ desktop: "4.18.0", architecture: "arm64" }, true);
  for (let time = 0; time < 1_000; time += 1) expect(offers(host).version?.text).toBe("1.950.0");
  expect(asked).toBe(1);
});

test("hosts that differ in anything have names of their own", () => {
  const base: Host = { architecture: "arm64" };
  const hosts: Host[] = [
    { ...base, desktop: "4.18.0" },
    { ...base, api: "4.18.0" },
    { architecture: "amd64", desktop: "4.18.0" },
    { ...base, desktop: "4.18.0", os: "darwin" },
    { ...base, desktop: "4.18.0", channel: "prerelease" },
  ];
  expect(new Set(hosts.map((host) => namedHost(host, true).name)).size).toBe(hosts.length);
  expect(namedHost({ ...base, desktop: "4.18.0", channel: "stable" }, true).name).toBe(
    namedHost({ ...base, desktop: "4.18.0" }, true).name,
  );
});

test("invented hosts evict each other, and nothing grows", () => {
  let asked = 0;
  const offers = hostOffers((host) => {
    asked += 1;
    return offerFor([offerable("1.0.0")], host, RELEASES, POLICY);
  });
  const ask = (patch: number) => offers(namedHost({ desktop: `4.18.${patch}`, architecture: "arm64" }, true));
  for (let patch = 0; patch < 100; patch += 1) ask(patch);
  ask(99);
  expect(asked).toBe(100);
  ask(0);
  expect(asked).toBe(101);
});

test("whether an extension is offered at all is remembered for a few hosts only", () => {
  let asked = 0;
  const offered = new OfferedHosts(() => {
    asked += 1;
    return true;
  });
  const ask = (patch: number) =>
    offered.has(namedHost({ desktop: `4.18.${patch}`, architecture: "arm64" }, true));
  for (let patch = 0; patch < 100; patch += 1) for (const _twice of [1, 2]) ask(patch);
  expect(asked).toBe(100);
  ask(0);
  expect(asked).toBe(101);
});

test("remembered answers are forgotten together when they have grown too large, also those of askers alone", () => {
  const answers = new UpdateAnswers(10_000);
  const mine = answers.of("me");
  mine.set("acme/lens", "1.0.0", undefined, "x");
  mine.set("acme/lens", "1.0.0", "sha256:ab", "y");
  expect([mine.get("acme/lens", "1.0.0", undefined), mine.get("acme/lens", "1.0.0", "sha256:ab")]).toEqual([
    "x",
    "y",
  ]);
  expect(answers.of("me")).toBe(mine);
  for (let other = 0; other < 40; other += 1) answers.of(`other ${other}`);
  expect(answers.of("me").get("acme/lens", "1.0.0", undefined)).toBeUndefined();
  answers.of("me").set("acme/lens", "1.0.0", undefined, "z".repeat(20_000));
  expect(answers.of("me").get("acme/lens", "1.0.0", undefined)).toBeUndefined();
});
