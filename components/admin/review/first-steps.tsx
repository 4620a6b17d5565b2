import type { ReactNode } from "react";
import { buttonClasses } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Command } from "@/components/ui/command";
import { Link } from "@/components/ui/link";
import type { Policy } from "@/lib/extension/policy/policy";

type FirstStepsProps = {
  registries: readonly string[];
  /** The current value of GANTRY_REGISTRIES. */
  setting: string;
  policy: Policy;
};

const PRESETS: Record<Policy["preset"], string> = {
  sdk: "only what the extension SDK requires blocks a submission; everything else is a warning",
  docker: "anything that “docker extension validate” rejects blocks a submission",
};

const UPDATES: Record<Policy["updates"], string> = {
  auto_within_envelope: "listed automatically unless they need more access",
  manual: "held until a reviewer decides",
  auto: "listed automatically",
};

/** The first steps on an empty instance. */
export function FirstSteps({ registries, setting, policy }: FirstStepsProps) {
  return (
    <section aria-labelledby="first-steps">
      <h2 id="first-steps" className="text-lg font-semibold">
        Get your first extension listed
      </h2>
      <ol className="mt-4 grid gap-4 xl:grid-cols-3">
        <Step number={1} title="Registries">
          <p>Gantry accepts extensions from:</p>
          <ul className="list-disc ps-5">
            {registries.map((host) => (
              <li key={host}>
                <code className="font-mono text-sm break-all">{host}</code>
              </li>
            ))}
          </ul>
          <p>To allow another registry, such as ghcr.io, set this variable and restart Gantry:</p>
          <Command
            label="Copy the setting that allows ghcr.io"
            command={`GANTRY_REGISTRIES=${setting},ghcr.io`}
          />
        </Step>
        <Step number={2} title="Repository">
          <p>Submit an image repository as publishers do, then review it here.</p>
          <p>Already trust an extension? Add it to the allow-list directly; we still check it.</p>
          <div className="flex flex-wrap gap-3 pt-1">
            <Link plain href="/publish/new" className={buttonClasses()}>
              Submit an extension
            </Link>
            <Link plain href="/admin/allow-list#add" className={buttonClasses("quiet")}>
              Add to the allow-list
            </Link>
          </div>
        </Step>
        <Step number={3} title="Policy">
          <p>
            The <strong className="font-semibold">{policy.preset}</strong> preset is active:{" "}
            {PRESETS[policy.preset]}.
          </p>
          <p>New versions of an approved extension are {UPDATES[policy.updates]}.</p>
          <div className="pt-1">
            <Link plain href="/admin/policy" className={buttonClasses("quiet")}>
              View policy
            </Link>
          </div>
        </Step>
      </ol>
    </section>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li>
      <Card className="h-full">
        <h3 className="flex items-center gap-3 font-semibold">
          <span className="inline-flex size-7 items-center justify-center rounded-full bg-accent-soft text-sm text-accent-strong">
            {number}
          </span>
          {title}
        </h3>
        <div className="mt-3 space-y-3 text-pretty">{children}</div>
      </Card>
    </li>
  );
}
