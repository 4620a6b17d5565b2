import { clsx } from "clsx";
import type { ReactNode } from "react";

type CardProps = {
  children: ReactNode;
  className?: string;
  /** `list` for rows that have their own vertical padding. */
  padding?: "normal" | "list";
};

export function Card({ children, className, padding = "normal" }: CardProps) {
  const space = padding === "list" ? "px-4 py-1 sm:px-5" : "p-5 sm:p-6";
  return <div className={clsx("rounded-lg border border-line bg-surface", space, className)}>{children}</div>;
}
