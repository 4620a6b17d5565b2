import { ChoiceGroup, Radio } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { type FormState, problemOf } from "@/components/ui/form-state";

/** Which versions an approval admits, and until when. */
export function TrackFields({ state, tag }: { state: FormState; tag: string }) {
  const chosen = state.values.track ?? "follow";
  return (
    <>
      <ChoiceGroup legend="Which versions may be listed?" name="track">
        <Radio
          name="track"
          value="follow"
          label="All versions"
          hint="New tags are listed while they do no more than was approved."
          defaultChecked={chosen === "follow"}
        />
        <Radio
          name="track"
          value="range"
          label="Versions in a range"
          hint="Write the range below."
          defaultChecked={chosen === "range"}
        />
        <Radio
          name="track"
          value="pin"
          label={`Only ${tag}, at this very digest`}
          hint="Newer tags wait for another decision."
          defaultChecked={chosen === "pin"}
        />
      </ChoiceGroup>
      <Field
        name="range"
        label="Range"
        hint="For example ^1, ~1.4 or >= 1.2, < 2."
        autoComplete="off"
        spellCheck={false}
        maxLength={256}
        defaultValue={state.values.range}
        problem={problemOf(state, "range")}
      />
      <Field
        name="expiresOn"
        label="Last day (optional)"
        hint="Afterwards (UTC) it is no longer offered until somebody renews it."
        type="date"
        defaultValue={state.values.expiresOn}
        problem={problemOf(state, "expiresOn")}
      />
    </>
  );
}
