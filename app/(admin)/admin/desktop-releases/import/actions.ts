"use server";

import { runFormAction } from "@/app/_forms/form-action";
import { invalid, readField } from "@/app/_forms/form-data";
import { formWithProblem } from "@/app/_forms/form-problem";
import { confirmedFormRequest } from "@/app/_forms/form-request";
import {
  CSV_FIELD,
  CSV_FILE_FIELD,
  type ImportState,
  INTENT_FIELD,
} from "@/components/admin/releases/import-state";
import {
  CSV_CHARACTERS_MAX,
  importDesktopReleases,
  lineProblems,
} from "@/lib/marketplace/desktop-releases/import-desktop-releases";

const NO_FILE = { message: "There is no file.", suggestion: "Select a CSV file, or paste its contents." };
const TOO_LARGE = {
  message: "The file is too large.",
  suggestion: `At most ${CSV_CHARACTERS_MAX} characters are allowed. Split it into several files.`,
};
const NOT_UTF8 = {
  message: "The file is not UTF-8.",
  suggestion: "Save it as “CSV UTF-8”, and select it again.",
};

/** Previews a file, or imports what was previewed. */
export async function importReleases(_state: ImportState, form: FormData): Promise<ImportState> {
  if (readField(form, INTENT_FIELD) !== "import") return preview(form);
  return runFormAction(form, async ({ ctx }) => {
    const csv = readField(form, CSV_FIELD);
    const { added, changed } = await importDesktopReleases(ctx, { csv, dryRun: false });
    const title = `Imported ${added.length} new and ${changed.length} changed releases`;
    return { tone: "success", title, to: "/admin/desktop-releases" };
  });
}

async function preview(form: FormData): Promise<ImportState> {
  let csv = readField(form, CSV_FIELD);
  try {
    const { ctx } = await confirmedFormRequest(form);
    csv = (await readFile(form)) ?? csv;
    if (csv.trim() === "") throw invalid(CSV_FIELD, NO_FILE);
    const result = await importDesktopReleases(ctx, { csv, dryRun: true });
    return { values: { [CSV_FIELD]: csv }, preview: result };
  } catch (error) {
    return { ...formWithProblem(error, { [CSV_FIELD]: csv }), lines: lineProblems(error) };
  }
}

/** Undefined when no file was selected. */
async function readFile(form: FormData): Promise<string | undefined> {
  const file = form.get(CSV_FILE_FIELD);
  if (!(file instanceof File) || file.size === 0) return undefined;
  if (file.size > CSV_CHARACTERS_MAX) throw invalid(CSV_FIELD, TOO_LARGE);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw invalid(CSV_FIELD, NOT_UTF8);
  }
}
