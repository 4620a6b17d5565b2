import { CopyButton } from "@/components/ui/copy-button";

type CommandProps = {
  command: string;
  /** The label of the copy button: `Copy the install command`. */
  label: string;
};

/** A command to run. One click selects it; a button copies it. */
export function Command({ command, label }: CommandProps) {
  return (
    <div className="flex items-start gap-1 rounded-md border border-line bg-sunken p-1">
      <code className="min-w-0 flex-1 px-2 py-1.5 font-mono text-sm break-all whitespace-pre-wrap select-all">
        {command}
      </code>
      <CopyButton text={command} label={label} />
    </div>
  );
}
