/** A program for processes that draw which dies of its first picture, as native code may. */

process.on("message", () => process.abort());
process.send?.({ kind: "ready" });
