import { ActionForm } from "@/components/ui/action-form";
import type { FormAction } from "@/components/ui/form-state";

type SubmitFormProps = {
  action: FormAction;
  /** The initial value of the field. */
  repository: string;
};

export function SubmitForm({ action, repository }: SubmitFormProps) {
  return (
    <ActionForm
      action={action}
      id="submit"
      fields={[
        {
          kind: "line",
          name: "repository",
          label: "Image repository",
          hint: "Paste an image name such as acme/disk-lens, a Docker Hub link, or a docker pull command.",
          mono: true,
          maxLength: 2000,
          required: true,
          value: repository,
        },
      ]}
      submit="Submit extension"
    />
  );
}
