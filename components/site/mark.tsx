import { MarkDrawing } from "@/components/site/mark-drawing";
import { Link } from "@/components/ui/link";

/** The name of the house, and the way home. */
export function Mark() {
  return (
    <Link plain href="/" className="flex min-h-11 items-center gap-2 font-semibold tracking-tight">
      <MarkDrawing />
      Gantry
    </Link>
  );
}
