/** The logo. */
export function MarkDrawing() {
  return (
    <svg viewBox="0 0 32 32" className="size-7" aria-hidden="true">
      <rect width="32" height="32" rx="7" className="fill-accent" />
      <path
        d="M7 25V9h18v16M7 13h18M16 13v4m-3.5 0h7v5h-7z"
        className="fill-none stroke-on-accent stroke-2"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
