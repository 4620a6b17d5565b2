import { clsx } from "clsx";
import NextLink from "next/link";
import type { ComponentProps } from "react";

type LinkProps = Omit<ComponentProps<typeof NextLink>, "prefetch"> & { plain?: boolean };

/** A link inside Gantry. Never prefetches: a page with fifty links would otherwise send fifty requests. */
export function Link({ plain = false, className, ...props }: LinkProps) {
  return (
    <NextLink
      prefetch={false}
      className={clsx(
        plain || "font-medium text-accent underline decoration-1 underline-offset-2 hover:text-accent-strong",
        className,
      )}
      {...props}
    />
  );
}
