import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";

type PeriodFormProps = {
  /** A page that takes `from` and `to`. */
  action: string;
  /** Days in UTC. */
  days: { from: string; to: string };
};

/** A GET form, so that the changes between two days have their own URL. */
export function PeriodForm({ action, days }: PeriodFormProps) {
  return (
    <form action={action} method="get" className="flex flex-wrap items-end gap-3">
      <Field name="from" label="From" type="date" defaultValue={days.from} required />
      <Field name="to" label="To" type="date" defaultValue={days.to} required />
      <Button type="submit" look="quiet">
        Show changes
      </Button>
    </form>
  );
}
