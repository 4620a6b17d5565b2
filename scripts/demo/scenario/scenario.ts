/** The demo's content: each extension represents one state. */

import { ACME_EXTENSIONS } from "@/scripts/demo/scenario/acme";
import type { DemoExtension } from "@/scripts/demo/scenario/extension";
import { LUMENFORGE_EXTENSIONS } from "@/scripts/demo/scenario/lumenforge";
import { OSTRAVA_EXTENSIONS } from "@/scripts/demo/scenario/ostrava";
import { PAPERCRANE_EXTENSIONS } from "@/scripts/demo/scenario/papercrane";
import { QUIETBYTE_EXTENSIONS } from "@/scripts/demo/scenario/quietbyte";
import { TIDEWATER_EXTENSIONS } from "@/scripts/demo/scenario/tidewater";

export const SCENARIO: readonly DemoExtension[] = [
  ...ACME_EXTENSIONS,
  ...LUMENFORGE_EXTENSIONS,
  ...TIDEWATER_EXTENSIONS,
  ...QUIETBYTE_EXTENSIONS,
  ...PAPERCRANE_EXTENSIONS,
  ...OSTRAVA_EXTENSIONS,
];
