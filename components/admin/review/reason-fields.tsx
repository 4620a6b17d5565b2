"use client";

import { type ChangeEvent, useRef } from "react";
import { CANNED_REASONS } from "@/components/admin/review/canned-reasons";
import { useIsHydrated } from "@/components/ui/is-hydrated";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";

type ReasonFieldsProps = {
  decision: "request_changes" | "decline";
  value: string | undefined;
  problem: string | undefined;
};

/** Picking words fills the text below; without scripts they are put together when the form arrives. */
export function ReasonFields({ decision, value, problem }: ReasonFieldsProps) {
  const text = useRef<HTMLTextAreaElement>(null);
  const hydrated = useIsHydrated();
  const reasons = CANNED_REASONS[decision];
  const fill = ({ target }: ChangeEvent<HTMLSelectElement>) => {
    if (text.current && target.value !== "") text.current.value = target.value;
    text.current?.focus();
  };
  return (
    <>
      <Select
        id={`${decision}-canned`}
        name={hydrated ? "picked" : "canned"}
        label="Start from"
        options={[
          { value: "", label: "Your own words" },
          ...reasons.map((reason) => ({ value: reason.text, label: reason.title })),
        ]}
        defaultValue=""
        onChange={fill}
      />
      <Textarea
        ref={text}
        id={`${decision}-reason`}
        name="reason"
        label="Reason"
        hint="The publisher reads it: what is the matter, and what to do."
        rows={5}
        maxLength={2000}
        defaultValue={value}
        problem={problem}
      />
    </>
  );
}
