// Imported first, on any Node that supports ES modules, so it uses old syntax only. Node 21 and the first releases of
// 22 lack require() of ES modules, which Prisma needs.
const parts = process.versions.node.split(".").map(Number);
const major = parts[0];
const minor = parts[1];
const supported = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);

if (!supported) {
  console.error(
    `Gantry needs Node.js 20.19, 22.12 or newer, but this is ${process.versions.node} (${process.execPath}).`,
  );
  console.error(
    "Install a current release from https://nodejs.org/en/download and run the same command again.",
  );
  process.exit(1);
}
