import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";

type PeriodFormProps = {
  /** A page that takes `from` and `to`. */
  action: string;
  /** Whole days in UTC. */
  days: { from: string; to: string };
};

/** A plain form: what changed between two days has an address of its own. */
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
