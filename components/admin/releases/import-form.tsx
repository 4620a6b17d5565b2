"use client";

import { useActionState } from "react";
import { ImportPreview } from "@/components/admin/releases/import-preview";
import {
  CSV_FIELD,
  CSV_FILE_FIELD,
  type ImportState,
  INTENT_FIELD,
} from "@/components/admin/releases/import-state";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { EMPTY_FORM, type FormAction, problemOf } from "@/components/ui/form-state";
import { Textarea } from "@/components/ui/textarea";

/** Two steps that also work without JavaScript: a preview of the file, then the import of what was previewed. */
export function ImportForm({ action }: { action: FormAction<ImportState> }) {
  const [state, send, pending] = useActionState<ImportState, FormData>(action, EMPTY_FORM);
  const { preview } = state;
  return (
    <div className="space-y-8">
      {preview ? (
        <Form
          action={send}
          state={{ values: {} }}
          pending={pending}
          submit={importLabel(preview.added.length + preview.changed.length)}
          submitWidth="fit"
          fields={[]}
        >
          <ImportPreview preview={preview} />
          <input type="hidden" name={INTENT_FIELD} value="import" />
          <input type="hidden" name={CSV_FIELD} value={state.values[CSV_FIELD] ?? ""} />
        </Form>
      ) : null}
      <Form
        action={send}
        state={state}
        pending={pending}
        submit={preview ? "Preview another file" : "Preview import"}
        look={preview ? "quiet" : "primary"}
        submitWidth="fit"
        fields={[CSV_FIELD]}
      >
        <LineProblems lines={state.lines ?? []} />
        <Field
          id="import-file"
          name={CSV_FILE_FIELD}
          type="file"
          accept=".csv,text/csv"
          label="CSV file"
          hint="Columns: version, released_on, api_version, compose_version, confidence and source."
        />
        <Textarea
          id="import-csv"
          name={CSV_FIELD}
          label="Or paste its contents"
          rows={6}
          spellCheck={false}
          className="max-h-96 font-mono text-sm"
          defaultValue={state.values[CSV_FIELD]}
          problem={problemOf(state, CSV_FIELD)}
        />
        <input type="hidden" name={INTENT_FIELD} value="preview" />
      </Form>
    </div>
  );
}

function importLabel(count: number): string {
  return count === 1 ? "Import 1 release" : `Import ${count} releases`;
}

function LineProblems({ lines }: { lines: NonNullable<ImportState["lines"]> }) {
  if (lines.length === 0) return null;
  return (
    <ul className="list-disc space-y-1 ps-5 text-sm">
      {lines.map(({ line, message }) => (
        <li key={`${line} ${message}`} className="break-words">
          Line {line}: {message}
        </li>
      ))}
    </ul>
  );
}
