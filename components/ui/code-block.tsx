import type { ReactNode } from "react";

type CodeBlockProps = {
  /** Names the region for screen readers. */
  label: string;
  code: ReactNode;
};

/** The text of a file, unchanged. Long lines scroll, also by keyboard. */
export function CodeBlock({ label, code }: CodeBlockProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable regions must be focusable
      tabIndex={0}
      className="overflow-x-auto rounded-md border border-line bg-sunken px-4 py-3"
    >
      <pre className="font-mono text-sm">
        <code>{code}</code>
      </pre>
    </section>
  );
}
