import { expect, test } from "vitest";
import { factsAt } from "@/lib/inspection/layers/layer-directory";
import { readProgram } from "@/lib/inspection/layers/program";
import { elf, machO, pe, universal } from "@/tests/builders/programs";
import { gzipped, type TarPart, tarOf } from "@/tests/builders/tar-bytes";
import { walk } from "@/tests/unit/archive/walk";

const bigEndian = (bytes: Buffer) => Buffer.from(bytes).swap32();

function elfBigEndian(machine: number): Buffer {
  const bytes = elf("amd64");
  bytes[5] = 2;
  bytes.writeUInt16BE(machine, 18);
  return bytes;
}

test.each<[string, Uint8Array, ReturnType<typeof readProgram>]>([
  ["ELF, amd64", elf("amd64"), { format: "ELF", machines: ["amd64"] }],
  ["ELF, arm64", elf("arm64"), { format: "ELF", machines: ["arm64"] }],
  ["ELF, big-endian", elfBigEndian(22), { format: "ELF", machines: ["s390x"] }],
  ["ELF for an unknown machine, such as BPF", elfBigEndian(247), undefined],
  ["ELF, cut off", elf("amd64").subarray(0, 19), undefined],
  ["Mach-O, arm64", machO("arm64"), { format: "Mach-O", machines: ["arm64"] }],
  ["Mach-O, big-endian", bigEndian(machO("amd64")), { format: "Mach-O", machines: ["amd64"] }],
  ["universal", universal(["amd64", "arm64"]), { format: "Mach-O", machines: ["amd64", "arm64"] }],
  [
    "universal, 64-bit",
    universal(["arm64", "amd64"], 32),
    { format: "Mach-O", machines: ["arm64", "amd64"] },
  ],
  ["universal, little-endian", bigEndian(universal(["arm64"])), { format: "Mach-O", machines: ["arm64"] }],
  ["a Java class file", Buffer.from("cafebabe00000041".padEnd(128, "0"), "hex"), undefined],
  ["PE, amd64", pe("amd64"), { format: "PE", machines: ["amd64"] }],
  ["PE, arm64, far behind its DOS program", pe("arm64", 4000), { format: "PE", machines: ["arm64"] }],
  ["a DOS program", Buffer.from("MZ".padEnd(128, "\0"), "latin1"), undefined],
  ["a script", Buffer.from("#!/bin/sh\n"), { format: "script", machines: [] }],
  ["text", Buffer.from("stands for a program"), undefined],
  ["three bytes", Buffer.from([0x7f, 0x45, 0x4c]), undefined],
  ["nothing", new Uint8Array(0), undefined],
])("%s", (_name, head, expected) => {
  expect(readProgram(head)).toEqual(expected);
});

test.each([[true], [false]])(
  "a layer's programs are noted, whether their contents are kept (%s) or not",
  async (isKept) => {
    const sizes = isKept ? 0 : 2 * 1024 * 1024;
    const file = (name: string, head: Buffer): TarPart => ({
      name,
      content: Buffer.concat([head, Buffer.alloc(sizes)]),
    });
    const walked = await walk(
      gzipped(
        tarOf(
          file("linux/tool", elf("arm64")),
          { name: "linux/again", type: "1", linkName: "linux/tool" },
          file("darwin/tool", universal(["amd64", "arm64"])),
          file("windows/tool.exe", pe("amd64", 4000)),
          file("windows/far.exe", pe("amd64", 4092)),
          file("readme", Buffer.from("text")),
          { name: "empty" },
        ),
      ),
      { chunkBytes: 100 },
    );
    if (walked.kind !== "read") throw new Error(walked.reason);
    const machinesAt = (path: string) => {
      const node = factsAt(walked.directory, path)?.node;
      return node?.kind === "file" ? node.program?.machines : node?.kind;
    };
    expect(machinesAt("linux/tool")).toEqual(["arm64"]);
    expect(machinesAt("linux/again")).toEqual(["arm64"]);
    expect(machinesAt("darwin/tool")).toEqual(["amd64", "arm64"]);
    expect(machinesAt("windows/tool.exe")).toEqual(["amd64"]);
    expect(machinesAt("windows/far.exe")).toBeUndefined();
    expect(machinesAt("readme")).toBeUndefined();
    expect(machinesAt("empty")).toBeUndefined();
  },
);
