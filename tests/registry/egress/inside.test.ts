import { isIPv6 } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { classifyAddress } from "@/lib/egress/address";
import { createGuardedFetch, type GuardedFetch } from "@/lib/egress/guarded-fetch";
import fc from "@/tests/builders/fast-check";
import { type HostileRegistry, startTrap } from "@/tests/support/registries/hostile-registry";

let trap: HostileRegistry;
let fetch: GuardedFetch;
/** Where every name leads to. */
let resolved = "127.0.0.1";

beforeAll(async () => {
  trap = await startTrap();
  fetch = createGuardedFetch({
    allowPrivate: () => false,
    allowHttp: () => true,
    lookup: (_name, _options, callback) =>
      callback(null, [{ address: resolved, family: isIPv6(resolved) ? 6 : 4 }]),
  });
});
afterAll(async () => {
  await fetch.close();
  await trap.stop();
});

type IPv4 = [number, number, number, number];

/** The blocks of IPv4 that are not on the internet (IANA's special-purpose registry), as first address and prefix. */
const BLOCKS: [first: IPv4, prefix: number][] = [
  [[0, 0, 0, 0], 8],
  [[10, 0, 0, 0], 8],
  [[100, 64, 0, 0], 10],
  [[127, 0, 0, 0], 8],
  [[169, 254, 0, 0], 16],
  [[172, 16, 0, 0], 12],
  [[192, 0, 0, 0], 24],
  [[192, 0, 2, 0], 24],
  [[192, 168, 0, 0], 16],
  [[198, 18, 0, 0], 15],
  [[198, 51, 100, 0], 24],
  [[203, 0, 113, 0], 24],
  [[224, 0, 0, 0], 4],
  [[240, 0, 0, 0], 4],
];

const KNOWN: IPv4[] = [
  [127, 0, 0, 1],
  [169, 254, 169, 254],
  [100, 100, 100, 200],
  [168, 63, 129, 16],
  [255, 255, 255, 255],
  [0, 0, 0, 0],
];

const insideIPv4 = fc.oneof(
  fc.constantFrom(...KNOWN),
  fc.tuple(fc.constantFrom(...BLOCKS), fc.nat(0xffff_ffff)).map(([[first, prefix], random]): IPv4 => {
    const host = prefix === 0 ? random : random % 2 ** (32 - prefix);
    return bytesOf(numberOf(first) + host);
  }),
);

function numberOf([a, b, c, d]: IPv4): number {
  return ((a * 256 + b) * 256 + c) * 256 + d;
}

function bytesOf(number: number): IPv4 {
  return [Math.floor(number / 2 ** 24), (number >>> 16) & 255, (number >>> 8) & 255, number & 255];
}

const hex = (number: number, digits = 1) => number.toString(16).padStart(digits, "0");
const octal = (number: number) => `0${number.toString(8)}`;
const wide = (text: string) =>
  text.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))).replaceAll(".", "。");
const escaped = (text: string) => [...text].map((each) => `%${hex(each.charCodeAt(0), 2)}`).join("");

/** `7f00:1`, the last four bytes of an IPv6 address. */
const words = ([a, b, c, d]: IPv4) => `${hex(a * 256 + b)}:${hex(c * 256 + d)}`;

/** Every way to write an IPv4 address that some parser of addresses accepts. */
const SPELLINGS: ((address: IPv4) => string)[] = [
  (ip) => ip.join("."),
  (ip) => `${ip.join(".")}.`,
  (ip) => ip.map(octal).join("."),
  (ip) => ip.map((part) => `0x${hex(part)}`).join("."),
  (ip) => ip.map((part) => `0X${hex(part, 4).toUpperCase()}`).join("."),
  ([a, b, c, d]) => `${a}.0x${hex(b)}.${octal(c)}.${d}`,
  (ip) => String(numberOf(ip)),
  (ip) => `0x${hex(numberOf(ip), 8)}`,
  (ip) => octal(numberOf(ip)),
  ([a, b, c, d]) => `${a}.${(b * 256 + c) * 256 + d}`,
  ([a, b, c, d]) => `${a}.${b}.${c * 256 + d}`,
  (ip) => wide(ip.join(".")),
  (ip) => escaped(ip.join(".")),
  (ip) => `[::ffff:${ip.join(".")}]`,
  (ip) => `[::FFFF:${words(ip).toUpperCase()}]`,
  (ip) => `[0:0:0:0:0:ffff:${words(ip)}]`,
  (ip) => `[::ffff:0:${ip.join(".")}]`,
  (ip) => `[::${ip.join(".")}]`,
  (ip) => `[64:ff9b::${ip.join(".")}]`,
  (ip) => `[64:ff9b:1::${words(ip)}]`,
  (ip) => `[2002:${words(ip)}::1]`,
  (ip) => `[2001:0:${words(ip)}::1]`,
];

/** Blocks of IPv6 that are not on the internet: their first groups, and how many random groups may follow. */
const IPV6_STARTS = [
  "fc00",
  "fd00:ec2",
  "fdff:1234",
  "fe80",
  "febf:1",
  "fec0",
  "ff02",
  "ff0e:1",
  "2001:0",
  "2001:2:0",
  "2001:db8",
  "3fff:0",
  "100:0:0:0",
  "64:ff9b:1",
  "5f00",
  "4000",
  "0:0:0:0:0:0",
];

const insideIPv6 = fc
  .tuple(fc.constantFrom(...IPV6_STARTS), fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 }))
  .map(([start, random]) => {
    const known = start.split(":");
    return [...known, ...random.slice(known.length).map((group) => hex(group))].join(":");
  });

async function visit(host: string): Promise<unknown> {
  const address = `http://${host}:${new URL(trap.url).port}/`;
  if (!URL.canParse(address)) return "no address";
  return fetch({ url: new URL(address), maxBytes: 10 }).catch((error: { code: string }) => error.code);
}

test("no address inside a network is dialled, however it is written", async () => {
  const spelled = fc
    .tuple(insideIPv4, fc.constantFrom(...SPELLINGS))
    .map(([address, spelling]) => spelling(address));
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        spelled,
        insideIPv6.map((address) => `[${address}]`),
      ),
      async (host) => {
        expect(["address_forbidden", "no address"]).toContain(await visit(host));
      },
    ),
    { numRuns: 3000 },
  );
  expect(trap.connections()).toBe(0);
});

test("every spelling of loopback is understood, so that none is refused for the wrong reason", async () => {
  for (const spelling of SPELLINGS) {
    expect(URL.canParse(`http://${spelling([127, 0, 0, 1])}/`), String(spelling)).toBe(true);
    expect(await visit(spelling([127, 0, 0, 1])), String(spelling)).toBe("address_forbidden");
  }
  expect(trap.connections()).toBe(0);
});

test("no name that leads to such an address is dialled", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        insideIPv4.map((ip) => ip.join(".")),
        insideIPv6,
      ),
      async (address) => {
        resolved = address;
        expect(classifyAddress(address)).not.toBe("public");
        expect(await visit("registry.example")).toBe("address_forbidden");
      },
    ),
    { numRuns: 300 },
  );
  expect(trap.connections()).toBe(0);
});
