import { clsx } from "clsx";
import { ForeignText } from "@/components/text/foreign-text";
import type { DifferenceLine, TextDifference } from "@/lib/extension/difference/text-difference";

type ChangedLinesProps = { label: string; text: TextDifference };

/** The changed lines of a file with their context. Scrolls sideways, also by keyboard. */
export function ChangedLines({ label, text }: ChangedLinesProps) {
  if (text.kind === "same") return null;
  if (text.kind === "rewritten") {
    return <p className="text-ink-soft">Almost every line changed. The full text is below.</p>;
  }
  if (text.added + text.removed === 0) return <p className="text-ink-soft">Only line endings changed.</p>;
  return (
    <>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable regions must be focusable
        tabIndex={0}
        className="overflow-x-auto rounded-md border border-line bg-sunken py-2"
      >
        <div className="w-max min-w-full font-mono text-sm">
          {text.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines repeat, and the list never changes
            <Line key={index} line={line} />
          ))}
        </div>
      </section>
      {text.hidden > 0 ? (
        <p className="mt-1.5 text-sm text-ink-soft">And {text.hidden} more changed lines.</p>
      ) : null}
    </>
  );
}

const LINES = {
  same: { mark: " ", look: "", spoken: undefined },
  added: { mark: "+", look: "bg-success-soft text-success", spoken: "Added: " },
  removed: { mark: "−", look: "bg-danger-soft text-danger", spoken: "Removed: " },
} as const;

function Line({ line }: { line: DifferenceLine }) {
  if (line.kind === "skipped") {
    return (
      <p className="px-4 py-1 font-sans text-ink-soft">
        {line.lines === 1 ? "1 unchanged line" : `${line.lines} unchanged lines`}
      </p>
    );
  }
  const { mark, look, spoken } = LINES[line.kind];
  const Text = line.kind === "added" ? "ins" : line.kind === "removed" ? "del" : "span";
  return (
    <div className={clsx("flex px-4 whitespace-pre", look)}>
      <span aria-hidden className="w-5 shrink-0 select-none">
        {mark}
      </span>
      <Text className="no-underline">
        {spoken ? <span className="sr-only">{spoken}</span> : null}
        <ForeignText text={line.text} code />
      </Text>
    </div>
  );
}
