/**
 * What the first bytes of a file say about running it. `format`: `script` begins with `#!`. `machines`: the
 * architectures that it is built for, named as in images (`amd64`, `arm64`); several in a universal Mach-O file, none
 * for a script.
 */
export type Program = { format: "ELF" | "Mach-O" | "PE" | "script"; machines: string[] };

/** Reads the start of a file (see `readFileHead`). Undefined when it is no program, or one for an unknown machine. */
export function readProgram(head: Uint8Array): Program | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 4) return undefined;
  if (head[0] === 0x23 && head[1] === 0x21) return { format: "script", machines: [] };
  switch (view.getUint32(0)) {
    case 0x7f454c46:
      return programOf("ELF", [elfMachine(view)]);
    case 0xfeedface:
    case 0xfeedfacf:
      return programOf("Mach-O", [machOMachine(view, 4, false)]);
    case 0xcefaedfe:
    case 0xcffaedfe:
      return programOf("Mach-O", [machOMachine(view, 4, true)]);
    case 0xcafebabe:
      return programOf("Mach-O", universalMachines(view, 20, false));
    case 0xbebafeca:
      return programOf("Mach-O", universalMachines(view, 20, true));
    case 0xcafebabf:
      return programOf("Mach-O", universalMachines(view, 32, false));
    case 0xbfbafeca:
      return programOf("Mach-O", universalMachines(view, 32, true));
    default:
      return head[0] === 0x4d && head[1] === 0x5a ? programOf("PE", [peMachine(view)]) : undefined;
  }
}

function programOf(format: Program["format"], machines: (string | undefined)[]): Program | undefined {
  const known = machines.filter((machine) => machine !== undefined);
  return known.length === 0 || known.length < machines.length
    ? undefined
    : { format, machines: [...new Set(known)] };
}

/** `e_machine` of the ELF specification, with the byte order that decides between variants of one architecture. */
const ELF_MACHINES = new Map([
  ["3 le", "386"],
  ["21 be", "ppc64"],
  ["21 le", "ppc64le"],
  ["22 be", "s390x"],
  ["40 le", "arm"],
  ["62 le", "amd64"],
  ["183 le", "arm64"],
  ["243 le", "riscv64"],
  ["258 le", "loong64"],
]);

function elfMachine(view: DataView): string | undefined {
  if (view.byteLength < 20) return undefined;
  const isLittle = view.getUint8(5) === 1;
  return ELF_MACHINES.get(`${view.getUint16(18, isLittle)} ${isLittle ? "le" : "be"}`);
}

/** `cputype` of `mach/machine.h`. */
const MACH_O_MACHINES = new Map([
  [7, "386"],
  [0x01000007, "amd64"],
  [12, "arm"],
  [0x0100000c, "arm64"],
  [18, "ppc"],
  [0x01000012, "ppc64"],
]);

function machOMachine(view: DataView, at: number, isLittle: boolean): string | undefined {
  return at + 4 > view.byteLength ? undefined : MACH_O_MACHINES.get(view.getUint32(at, isLittle));
}

/** More parts than any universal file has. Java class files share the magic number, and have their version there (45 or more). */
const UNIVERSAL_PARTS_MAX = 16;

function universalMachines(view: DataView, partBytes: number, isLittle: boolean): (string | undefined)[] {
  if (view.byteLength < 8) return [];
  const count = view.getUint32(4, isLittle);
  if (count > UNIVERSAL_PARTS_MAX) return [];
  return Array.from({ length: count }, (_, part) => machOMachine(view, 8 + part * partBytes, isLittle));
}

/** `Machine` of the COFF header (Microsoft's PE Format). */
const PE_MACHINES = new Map([
  [0x014c, "386"],
  [0x01c4, "arm"],
  [0x8664, "amd64"],
  [0xaa64, "arm64"],
]);

const PE_OFFSET = 0x3c;
/** `PE\0\0`. */
const PE_SIGNATURE = 0x50450000;

/** Undefined for a DOS program, and if the header lies beyond the bytes that were kept. */
function peMachine(view: DataView): string | undefined {
  if (view.byteLength < PE_OFFSET + 4) return undefined;
  const at = view.getUint32(PE_OFFSET, true);
  if (at + 6 > view.byteLength || view.getUint32(at) !== PE_SIGNATURE) return undefined;
  return PE_MACHINES.get(view.getUint16(at + 4, true));
}
