import { MarkDrawing } from "@/components/site/mark-drawing";
import { Link } from "@/components/ui/link";

/** Logo and name, linked to the home page. */
export function Mark() {
  return (
    <Link plain href="/" className="flex min-h-11 items-center gap-2 font-semibold tracking-tight">
      <MarkDrawing />
      Gantry
    </Link>
  );
}
