import { clsx } from "clsx";

type ExtensionIconProps = {
  /** A path on this origin; null if the extension has no icon. */
  icon: string | null;
  title: string;
  size?: "normal" | "large" | "small";
};

const SIZES = {
  small: { pixels: 40, box: "size-10 text-lg" },
  normal: { pixels: 64, box: "size-16 text-2xl" },
  large: { pixels: 80, box: "size-16 text-2xl sm:size-20 sm:text-3xl" },
};

/** The extension's icon, or the first letter of its name. Screen readers skip it because the name is next to it. */
export function ExtensionIcon({ icon, title, size = "normal" }: ExtensionIconProps) {
  const { pixels, box } = SIZES[size];
  if (icon === null) {
    return (
      <span
        aria-hidden="true"
        className={clsx(
          "flex shrink-0 items-center justify-center rounded-xl bg-accent-soft font-semibold text-accent-strong",
          box,
        )}
      >
        {[...title][0]?.toUpperCase() ?? "?"}
      </span>
    );
  }
  return (
    // biome-ignore lint/performance/noImgElement: our server stores it at the right size
    <img
      src={icon}
      alt=""
      width={pixels}
      height={pixels}
      decoding="async"
      className={clsx("shrink-0 rounded-xl object-contain", box)}
    />
  );
}
