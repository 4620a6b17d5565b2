import type { FieldSpec } from "@/components/ui/field-spec";

type TrackFieldsOptions = {
  track?: "follow" | "range" | "pin" | undefined;
  range?: string | null | undefined;
  /** The versions that can be pinned, `tag@digest`; without, the pin is on the version that is found. */
  pins?: readonly { tag: string; digest: string }[];
  pin?: { tag: string; digest: string } | null | undefined;
};

/** Which versions an entry admits, as fields. */
export function trackFields({ track = "follow", range, pins, pin }: TrackFieldsOptions = {}): FieldSpec[] {
  return [
    {
      kind: "choice",
      name: "track",
      label: "Which versions may be listed?",
      value: track,
      options: [
        { value: "follow", label: "All versions", hint: "New tags as they come, within the policy." },
        { value: "range", label: "Versions in a range", hint: "Write the range below." },
        {
          value: "pin",
          label: pins ? "One version, at its very digest" : "Only the version that is found now",
          hint: "Newer tags are not offered.",
        },
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
    ...(pins && pins.length > 0
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

export function expiryField(expiresAt: string | null): FieldSpec {
  return {
    kind: "line",
    type: "date",
    name: "expiresOn",
    label: "Last day (optional)",
    hint: "At its end (UTC) the entry is no longer in force until somebody renews it.",
    value: expiresAt?.slice(0, 10) ?? "",
  };
}
