import { textRuns } from "@/lib/extension/text/hidden-characters";

type ForeignTextProps = {
  text: string;
  /** Code and file names are always left to right. */
  code?: boolean;
};

/** Untrusted text, unchanged: isolated from the direction of the text around it, with invisible characters spelled out. */
export function ForeignText({ text, code = false }: ForeignTextProps) {
  return (
    <bdi dir={code ? "ltr" : undefined}>
      {textRuns(text).map(({ hidden, text: run }, index) =>
        hidden ? (
          <mark
            // biome-ignore lint/suspicious/noArrayIndexKey: runs repeat, and the list never changes
            key={index}
            title="Invisible characters"
            className="rounded-sm bg-warning-soft px-0.5 font-mono text-warning"
          >
            {run}
          </mark>
        ) : (
          run
        ),
      )}
    </bdi>
  );
}
