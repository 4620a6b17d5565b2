import { expect, test } from "vitest";
import { createClientAddress } from "@/lib/api/requests/client-address";

test.each([
  ["nobody is trusted", [], "203.0.113.9", "198.51.100.1", "203.0.113.9"],
  ["the proxy is trusted", ["10.0.0.1"], "10.0.0.1", "198.51.100.1", "198.51.100.1"],
  ["the sender is not the proxy", ["10.0.0.1"], "10.0.0.2", "198.51.100.1", "10.0.0.2"],
  [
    "the client wrote the first one itself",
    ["10.0.0.0/8"],
    "10.0.0.1",
    "1.1.1.1, 198.51.100.1",
    "198.51.100.1",
  ],
  ["there are two proxies", ["10.0.0.0/8"], "10.0.0.1", "198.51.100.1, 10.0.0.7", "198.51.100.1"],
  ["the proxy sends none", ["10.0.0.1"], "10.0.0.1", undefined, "10.0.0.1"],
  ["the proxy sends nonsense", ["10.0.0.1"], "10.0.0.1", "unknown", "10.0.0.1"],
  ["all are proxies", ["10.0.0.0/8"], "10.0.0.1", "10.0.0.2", "10.0.0.2"],
  [
    "the socket says it in the other family",
    ["127.0.0.1"],
    "::ffff:127.0.0.1",
    "198.51.100.1",
    "198.51.100.1",
  ],
  ["the proxy has an IPv6 address", ["fd00::/8"], "fd00::1", "2001:db8::5", "2001:db8::5"],
  ["the proxy writes ports", ["10.0.0.1"], "10.0.0.1", "198.51.100.1:5678", "198.51.100.1"],
  ["the proxy writes ports behind IPv6", ["10.0.0.1"], "10.0.0.1", "[2001:db8::5]:5678", "2001:db8::5"],
  ["the proxy writes brackets alone", ["10.0.0.1"], "10.0.0.1", "[2001:db8::5]", "2001:db8::5"],
  ["two proxies write ports", ["10.0.0.0/8"], "10.0.0.1", "198.51.100.1:99, 10.0.0.7:88", "198.51.100.1"],
  ["a port is nonsense", ["10.0.0.1"], "10.0.0.1", "198.51.100.1:port", "10.0.0.1"],
  ["the connection is gone", [], undefined, undefined, ""],
])("when %s", (_what, trusted, remote, forwarded, expected) => {
  expect(createClientAddress(trusted)(remote, forwarded)).toBe(expected);
});

test.each([
  ["a private peer whose header is ignored", [], "172.18.0.1", "198.51.100.1", ["172.18.0.1"]],
  ["one on this machine", [], "::ffff:127.0.0.1", "198.51.100.1", ["127.0.0.1"]],
  ["one with an address of its own network", [], "fd00::1", "198.51.100.1", ["fd00::1"]],
  ["a trusted proxy", ["172.18.0.0/16"], "172.18.0.1", "198.51.100.1", []],
  ["a client that makes the header up", [], "203.0.113.9", "198.51.100.1", []],
  ["a private client without a proxy", [], "172.18.0.1", undefined, []],
  ["a header without content", [], "172.18.0.1", "", []],
])("told of: %s", (_what, trusted, remote, forwarded, expected) => {
  const told: string[] = [];
  createClientAddress(trusted, (peer) => told.push(peer))(remote, forwarded);
  expect(told).toEqual(expected);
});

test("told of nothing when the process asks itself, as Next does after a form's redirect", () => {
  const told: string[] = [];
  const clientAddress = createClientAddress([], (peer) => told.push(peer));
  expect(clientAddress("127.0.0.1", "198.51.100.1", true)).toBe("127.0.0.1");
  expect(told).toEqual([]);
});
