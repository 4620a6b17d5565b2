import type { ReactNode } from "react";

type CodeBlockProps = {
  /** What it shows, for those who jump from region to region. */
  label: string;
  code: ReactNode;
};

/** Text of a file as it is; long lines scroll, also by keyboard. */
export function CodeBlock({ label, code }: CodeBlockProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
      tabIndex={0}
      className="overflow-x-auto rounded-md border border-line bg-sunken px-4 py-3"
    >
      <pre className="font-mono text-sm">
        <code>{code}</code>
      </pre>
    </section>
  );
}
