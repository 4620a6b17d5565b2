/** The first bytes of programs, as linkers write them, padded to a small file. */

const ELF_MACHINES = { "386": 3, arm: 40, amd64: 62, arm64: 183 } as const;
const MACH_O_MACHINES = { amd64: 0x01000007, arm64: 0x0100000c } as const;
const PE_MACHINES = { "386": 0x014c, amd64: 0x8664, arm64: 0xaa64 } as const;

export function elf(machine: keyof typeof ELF_MACHINES): Buffer {
  const bytes = Buffer.alloc(128);
  bytes.write("\x7fELF\x02\x01\x01", "latin1");
  bytes.writeUInt16LE(2, 16);
  bytes.writeUInt16LE(ELF_MACHINES[machine], 18);
  return bytes;
}

export function machO(machine: keyof typeof MACH_O_MACHINES): Buffer {
  const bytes = Buffer.alloc(128);
  bytes.writeUInt32LE(0xfeedfacf, 0);
  bytes.writeUInt32LE(MACH_O_MACHINES[machine], 4);
  return bytes;
}

/** A universal file for these machines; `partBytes` is 32 in its 64-bit form. */
export function universal(machines: (keyof typeof MACH_O_MACHINES)[], partBytes: 20 | 32 = 20): Buffer {
  const bytes = Buffer.alloc(512);
  bytes.writeUInt32BE(partBytes === 20 ? 0xcafebabe : 0xcafebabf, 0);
  bytes.writeUInt32BE(machines.length, 4);
  for (const [at, machine] of machines.entries())
    bytes.writeUInt32BE(MACH_O_MACHINES[machine], 8 + at * partBytes);
  return bytes;
}

/** `headerAt`: where the PE header begins, after the DOS program. */
export function pe(machine: keyof typeof PE_MACHINES, headerAt = 0x80): Buffer {
  const bytes = Buffer.alloc(headerAt + 64);
  bytes.write("MZ", "latin1");
  bytes.writeUInt32LE(headerAt, 0x3c);
  bytes.write("PE\0\0", headerAt, "latin1");
  bytes.writeUInt16LE(PE_MACHINES[machine], headerAt + 4);
  return bytes;
}
