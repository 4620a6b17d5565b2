/** For the links and buttons in a menu. */
export const MENU_ITEM =
  "flex min-h-11 w-full items-center gap-2.5 rounded-md px-3 text-start hover:bg-sunken aria-[current=page]:font-semibold";
