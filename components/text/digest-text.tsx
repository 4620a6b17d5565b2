import { CopyButton } from "@/components/ui/copy-button";

type DigestTextProps = {
  /** `sha256:` and 64 hexadecimal characters. */
  digest: string;
  /** The label of the copy button: `Copy the digest of 1.2.0`. No label, no button. */
  copyLabel?: string;
  /** Show the full digest, where people compare it. */
  whole?: boolean;
};

/** A shortened digest. Hovering and copying give the full one. */
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

/** `sha256:4f1c2a9b77de…`; other text is returned unchanged. */
export function shortDigest(digest: string): string {
  const [algorithm, hex] = digest.split(":", 2);
  if (algorithm === undefined || hex === undefined || hex.length <= SHOWN_CHARACTERS) return digest;
  return `${algorithm}:${hex.slice(0, SHOWN_CHARACTERS)}…`;
}
