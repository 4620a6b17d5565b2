import { clsx } from "clsx";
import { hostLabel } from "@/components/catalog/compatibility/compatibility";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import { Select } from "@/components/ui/select";
import type { HostChoice } from "@/lib/catalog/queries/host-choice";

type HostChooserProps = {
  host: HostChoice | undefined;
  /** Known Docker Desktop versions, newest first. */
  releases: readonly string[];
  /** The page to return to: path and query. */
  here: string;
};

const ARCHITECTURES = [
  { value: "amd64", label: "Intel or AMD (amd64)" },
  { value: "arm64", label: "Apple silicon or Arm (arm64)" },
];

/** Lets visitors set their Docker Desktop: a GET form whose answer goes into the URL and a cookie. */
export function HostChooser({ host, releases, here }: HostChooserProps) {
  const known =
    host === undefined || releases.includes(host.desktop) ? releases : [host.desktop, ...releases];
  return (
    <Menu
      triggerClassName="flex min-h-11 items-center gap-1.5 rounded-md px-2 hover:bg-sunken"
      className="w-72 max-sm:fixed max-sm:inset-x-4 max-sm:top-14 max-sm:w-auto"
      trigger={<Trigger host={host} />}
    >
      <form action="/desktop" method="get" className="space-y-4 p-2.5">
        <p className="text-sm text-pretty text-ink-soft">
          We’ll show which extensions work on your machine and pick the right version for you.
        </p>
        <input type="hidden" name="next" value={here} />
        <Select
          key={`desktop ${host?.desktop}`}
          name="desktop"
          label="Docker Desktop"
          defaultValue={host?.desktop ?? known[0]}
          options={known.map((version) => ({ value: version, label: version }))}
        />
        <Select
          key={`arch ${host?.architecture}`}
          name="arch"
          label="Processor"
          defaultValue={host?.architecture ?? "amd64"}
          options={ARCHITECTURES}
        />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" className="flex-1">
            Save
          </Button>
          {host === undefined ? null : (
            <Button type="submit" look="quiet" name="forget" value="1">
              Clear
            </Button>
          )}
        </div>
      </form>
    </Menu>
  );
}

function Trigger({ host }: { host: HostChoice | undefined }) {
  return (
    <>
      <Icon name="desktop" className={clsx("size-5", host && "max-sm:hidden")} />
      {host === undefined ? (
        <span className="max-[26rem]:sr-only lg:max-xl:sr-only">
          <span className="sr-only">Set your </span>Docker Desktop version
        </span>
      ) : (
        <span className="whitespace-nowrap">
          <span className="sr-only">Your Docker Desktop: </span>
          {hostLabel(host)}
        </span>
      )}
      <Icon name="chevron-down" className="size-4 text-ink-soft max-sm:hidden" />
    </>
  );
}
