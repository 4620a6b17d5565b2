import { describe, expect, test } from "vitest";
import type { Capabilities } from "@/lib/extension/capabilities/capabilities";
import { coverage, needsManual } from "@/lib/extension/capabilities/envelope";
import { anyCapabilities, capabilities } from "@/tests/builders/capabilities";
import fc from "@/tests/builders/fast-check";

const words = fc.subarray(["a", "b", "c"]);
const understood = anyCapabilities(words).map((found) => ({
  ...found,
  backendImages: found.backendImages.map((name) => `host:5000/acme/${name}:1`),
  unknown: [],
}));

describe("an envelope", () => {
  test.each<[string, Partial<Capabilities>, Partial<Capabilities>, string[]]>([
    ["the same", { dockerSocket: true, hostPaths: ["/a"] }, { dockerSocket: true, hostPaths: ["/a"] }, []],
    ["less", { dockerSocket: true, hostPaths: ["/a"], compose: true }, { ui: false }, []],
    ["a dashboard tab", { ui: false }, { ui: true }, ["dashboard tab"]],
    ["a compose file", {}, { compose: true }, ["compose file"]],
    ["the Docker socket", {}, { dockerSocket: true }, ["Docker socket"]],
    ["privileges", {}, { privileged: true }, ["privileged containers"]],
    ["an account", {}, { accountRequired: true }, ["third-party account"]],
    ["another path", { hostPaths: ["/a"] }, { hostPaths: ["/a", "/b"] }, ["host path “/b”"]],
    ["a path below", { hostPaths: ["/a"] }, { hostPaths: ["/a/b"] }, ["host path “/a/b”"]],
    ["a Linux capability", {}, { addedCapabilities: ["SYS_ADMIN"] }, ["Linux capability “SYS_ADMIN”"]],
    ["a namespace", {}, { hostNamespaces: ["network"] }, ["host namespace “network”"]],
    ["a device", {}, { devices: ["/dev/kvm"] }, ["device “/dev/kvm”"]],
    [
      "a loosened wall",
      {},
      { securityOptions: ["seccomp=unconfined"] },
      ["security setting “seccomp=unconfined”"],
    ],
    ["somebody's volume", {}, { sharedResources: ["volume db"] }, ["shared resource “volume db”"]],
    ["a program of the host", {}, { hostCommands: ["model"] }, ["program run on the host “model”"]],
    ["a variable of the host", {}, { hostEnvironment: ["TOKEN"] }, ["host environment variable “TOKEN”"]],
    ["a model", {}, { models: ["ai/smollm2"] }, ["AI model “ai/smollm2”"]],
    ["a port", { publishedPorts: ["80"] }, { publishedPorts: ["81"] }, ["published port “81”"]],
    [
      "a binary for another OS",
      { hostBinaries: { darwin: ["/t"], windows: [], linux: [] } },
      { hostBinaries: { darwin: ["/t"], windows: ["/t"], linux: [] } },
      ["host binary on windows “/t”"],
    ],
    [
      "another image",
      { backendImages: ["acme/a:1"] },
      { backendImages: ["acme/b:1"] },
      ["backend image “acme/b”"],
    ],
    [
      "other tags and digests of its images",
      { backendImages: ["acme/a:1", "host:5000/acme/b:1@sha256:0", `\${DESKTOP_PLUGIN_IMAGE}`] },
      { backendImages: ["acme/a:2", "host:5000/acme/b@sha256:1", `\${DESKTOP_PLUGIN_IMAGE}`] },
      [],
    ],
    ["the same unknown part", { unknown: ["vm.x"] }, { unknown: ["vm.x"] }, ["unrecognized part “vm.x”"]],
  ])("and %s", (_what, approved, found, beyond) => {
    const envelope = { capabilities: capabilities(approved), approved: [] };
    expect(coverage(envelope, capabilities(found))).toEqual({ covered: beyond.length === 0, beyond });
  });

  test("covers what it was made from, and never both of two that differ in what they add", () => {
    fc.assert(
      fc.property(understood, understood, (one, other) => {
        const covers = (a: Capabilities, b: Capabilities) =>
          coverage({ capabilities: a, approved: [] }, b).covered;
        expect(covers(one, one)).toBe(true);
        if (covers(one, other) && covers(other, one)) expect(spelled(other)).toBe(spelled(one));
      }),
    );
  });
});

test.each<[Partial<Capabilities>, string[]]>([
  [{}, []],
  [{ backendImages: ["acme/a"], compose: true, publishedPorts: ["80"], accountRequired: true }, []],
  [{ hostBinaries: { darwin: ["/t"], windows: [], linux: [] } }, ["host binaries"]],
  [{ dockerSocket: true }, ["Docker socket"]],
  [{ privileged: true }, ["privileged containers"]],
  [{ addedCapabilities: ["SYS_ADMIN"] }, ["privileged containers"]],
  [{ hostNamespaces: ["pid"] }, ["privileged containers"]],
  [{ devices: ["/dev/kvm"] }, ["privileged containers"]],
  [{ hostPaths: ["/a"], dockerSocket: true }, ["Docker socket", "host mounts"]],
  [{ securityOptions: ["seccomp=unconfined"] }, ["privileged containers"]],
  [{ hostCommands: ["model"] }, ["programs run on the host"]],
  [{ sharedResources: ["volume db"], hostEnvironment: ["A"], models: ["m"] }, []],
  [{ unknown: ["vm.x"] }, ["unrecognized parts"]],
])("%j leaves to a person: %j", (changes, names) => {
  expect(needsManual(capabilities(changes))).toEqual(names);
});

/** Images without tags, no host binaries like empty ones: all that an envelope looks at. */
function spelled(one: Capabilities): string {
  const none = { darwin: [], windows: [], linux: [] };
  return JSON.stringify({ ...one, hostBinaries: one.hostBinaries ?? none });
}

test("an approval of before the lists grew is read as covering none of the new ones", () => {
  const { securityOptions: _, models: __, ...old } = capabilities({ dockerSocket: true });
  const envelope = JSON.parse(JSON.stringify({ capabilities: old, approved: [] }));
  expect(coverage(envelope, capabilities({ dockerSocket: true })).covered).toBe(true);
  expect(coverage(envelope, capabilities({ models: ["m"] })).beyond).toEqual(["AI model “m”"]);
});
