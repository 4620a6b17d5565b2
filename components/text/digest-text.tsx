import { CopyButton } from "@/components/ui/copy-button";

type DigestTextProps = {
  /** `sha256:` and 64 hexadecimal characters. */
  digest: string;
  /** What copying it is called: `Copy the digest of 1.2.0`. Without, there is nothing to copy with. */
  copyLabel?: string;
  /** All of it, where it has to be compared. */
  whole?: boolean;
};

/** A digest short enough to read; the whole one is on hover and in what is copied. */
export function DigestText({ digest, copyLabel, whole = false }: DigestTextProps) {
  return (
    <span className="inline-flex max-w-full items-center gap-1 align-bottom">
      <code title={digest} className="min-w-0 font-mono text-sm break-all text-ink-soft">
        {whole ? digest : shortDigest(digest)}
      </code>
      {copyLabel ? <CopyButton text={digest} label={copyLabel} /> : null}
    </span>
  );
}

const SHOWN_CHARACTERS = 12;

/** `sha256:4f1c2a9b77de…`; what is no digest stays as it is. */
export function shortDigest(digest: string): string {
  const [algorithm, hex] = digest.split(":", 2);
  if (algorithm === undefined || hex === undefined || hex.length <= SHOWN_CHARACTERS) return digest;
  return `${algorithm}:${hex.slice(0, SHOWN_CHARACTERS)}…`;
}
