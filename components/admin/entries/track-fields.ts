import type { FieldSpec } from "@/components/ui/field-spec";

type TrackFieldsOptions = {
  track?: "follow" | "range" | "pin" | undefined;
  range?: string | null | undefined;
  /** The label of the choice that allows a single version. */
  pinLabel: string;
  /** Versions that can be pinned; without them, the pin applies to the version that is found. */
  pins?: readonly { tag: string; digest: string }[];
  pin?: { tag: string; digest: string } | null | undefined;
};

/** The versions that an entry allows, as fields; `readTrack` reads them. */
export function trackFields({
  track = "follow",
  range,
  pinLabel,
  pins = [],
  pin,
}: TrackFieldsOptions): FieldSpec[] {
  return [
    {
      kind: "choice",
      name: "track",
      label: "Allowed versions",
      value: track,
      options: [
        {
          value: "follow",
          label: "All versions",
          hint: "New versions are listed unless the policy holds them.",
        },
        { value: "range", label: "Versions in a range", hint: "Enter the range below." },
        { value: "pin", label: pinLabel, hint: "Newer versions are not offered." },
      ],
    },
    {
      kind: "line",
      name: "range",
      label: "Range",
      hint: "For example ^1, ~1.4 or >= 1.2, < 2.",
      mono: true,
      maxLength: 256,
      value: range ?? "",
    },
    ...(pins.length > 0
      ? [
          {
            kind: "select",
            name: "pin",
            label: "Version to pin",
            value: pin ? `${pin.tag}@${pin.digest}` : undefined,
            options: pins.map(({ tag, digest }) => ({ value: `${tag}@${digest}`, label: tag })),
          } as const,
        ]
      : []),
  ];
}

/** The last day of an entry or approval. */
export function expiryField(expiresAt: string | null): FieldSpec {
  return {
    kind: "line",
    type: "date",
    name: "expiresOn",
    label: "Expires (optional)",
    hint: "Stops being offered after this date (UTC) unless renewed.",
    value: expiresAt?.slice(0, 10) ?? "",
  };
}
