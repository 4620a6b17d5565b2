import { Button, buttonClasses } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Link } from "@/components/ui/link";

type AsOfFormProps = {
  /** The requested instant, as it was entered. */
  at: string | undefined;
  problem: string | undefined;
};

/** A GET form, so that the list at a past instant has its own URL, which can be kept as evidence. */
export function AsOfForm({ at, problem }: AsOfFormProps) {
  return (
    <form action="/allow-list" method="get" className="flex flex-wrap items-end gap-3">
      <div className="w-full sm:w-auto sm:min-w-72">
        <Field
          name="at"
          label="Show the list as of"
          hint="Date and time in UTC, such as 2026-11-20T10:00"
          defaultValue={at}
          placeholder="2026-11-20T10:00"
          inputMode="text"
          autoComplete="off"
          required
          problem={problem}
          className="font-mono"
        />
      </div>
      <Button type="submit" look="quiet">
        Show list
      </Button>
      {at === undefined ? null : (
        <Link plain href="/allow-list" className={buttonClasses("plain")}>
          Show current list
        </Link>
      )}
    </form>
  );
}
