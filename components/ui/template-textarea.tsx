"use client";

import { type ChangeEvent, type ComponentProps, useRef } from "react";
import { useIsHydrated } from "@/components/ui/is-hydrated";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";

export type Template = { title: string; text: string };

type TemplateTextareaProps = ComponentProps<typeof Textarea> & { templates: readonly Template[] };

/**
 * A text area that a template can fill in. Without scripts the server combines the template, sent as `canned`, with the
 * text.
 */
export function TemplateTextarea({ templates, ...textarea }: TemplateTextareaProps) {
  const text = useRef<HTMLTextAreaElement>(null);
  const hydrated = useIsHydrated();
  const fill = ({ target }: ChangeEvent<HTMLSelectElement>) => {
    if (text.current && target.value !== "") text.current.value = target.value;
    text.current?.focus();
  };
  return (
    <>
      <Select
        id={`${textarea.id}-template`}
        name={hydrated ? "picked" : "canned"}
        label="Template"
        options={[
          { value: "", label: "None" },
          ...templates.map((template) => ({ value: template.text, label: template.title })),
        ]}
        defaultValue=""
        onChange={fill}
      />
      <Textarea ref={text} {...textarea} />
    </>
  );
}
