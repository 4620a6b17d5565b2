import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainTitle, saysExtension } from "@/lib/extension/labels/title-words";

describe("a suggested title is a name that people would write", () => {
  test.each([
    ["disk-lens-extension", "Disk Lens"],
    ["Disk-Lens-Extension", "Disk Lens"],
    ["disk_lens_extension", "Disk Lens"],
    ["extension-disk-lens", "Disk Lens"],
    ["docker-disk-lens-extension", "Disk Lens"],
    ["docker-extension-disk-lens", "Disk Lens"],
    ["disk-lens-docker-desktop-extension", "Disk Lens"],
    ["acme/disk-lens-extension", "Disk Lens"],
    ["disk.lens.extension", "Disk Lens"],
    ["disk-lens", "Disk Lens"],
    ["Disk Lens Extension", "Disk Lens"],
    ["Disk Lens Docker Extension", "Disk Lens"],
    ["Disk Lens Extension for Docker Desktop", "Disk Lens"],
    ["Disk Lens extension for docker", "Disk Lens"],
    ["Disk Lens - Docker Desktop Extension", "Disk Lens"],
    ["Docker Extension for Disk Lens", "Disk Lens"],
    ["Docker Desktop Extension: Disk Lens", "Disk Lens"],
    ["Extension for Disk Lens", "Disk Lens"],
    ["Disk Lens (Extension)", "Disk Lens"],
    ["Disk Lens (Docker Extension)", "Disk Lens"],
    ["The Disk Lens Extension", "Disk Lens"],
    ["Disk Lens, an extension", "Disk Lens"],
    ["Disk-Lens-Extension by Acme", "Disk-Lens by Acme"],
    ["Festplatten Übersicht Extension", "Festplatten Übersicht"],
    ["extension", null],
    ["docker-extension", null],
    ["Docker Desktop Extension", null],
    ["The Extension", null],
  ])("%s → %s", (title, meant) => {
    expect(plainTitle(title)).toBe(meant);
  });

  test("for every title around the word", () => {
    const part = fc.stringMatching(/^[ A-Za-zäж日._-]{0,12}$/);
    fc.assert(
      fc.property(
        part,
        fc.constantFrom("extension", "Extensions", "EXTENSION"),
        part,
        (before, word, after) => {
          const meant = plainTitle(`${before} ${word} ${after}`) ?? "Name";
          expect(saysExtension(meant)).toBe(false);
          expect(meant).toMatch(/^[^\s_.:;|,-].*[^\s_:;|,-]$|^[^\s_.:;|,-]$/u);
        },
      ),
    );
  });
});
