import { z } from "zod";
import { visible } from "@/lib/extension/text/quoted";
import type { Task } from "@/lib/platform/threads/task";

/** Builder and source as a provenance statement names them; null where it names none. Never throws. */
export function readProvenance(bytes: Uint8Array): { builder: string | null; source: string | null } {
  const statement = parse(bytes);
  const predicate = statement?.predicate;
  return {
    builder: shown(predicate?.runDetails?.builder?.id ?? predicate?.builder?.id),
    source: shown(
      predicate?.buildDefinition?.externalParameters?.configSource?.uri ||
        predicate?.invocation?.configSource?.uri ||
        vcsOf(predicate?.runDetails?.metadata) ||
        vcsOf(predicate?.metadata),
    ),
  };
}

/** `readProvenance` as a task for a worker thread: a statement can have 4 MiB. */
export const READ_PROVENANCE: Task<Uint8Array, ReturnType<typeof readProvenance>> = {
  module: "lib/inspection/supply-chain/provenance",
  name: "READ_PROVENANCE",
  run: readProvenance,
  weigh: (bytes) => bytes.byteLength,
};

const text = z.string().optional().catch(undefined);
const part = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).optional().catch(undefined);

const BUILDKIT = "https://mobyproject.org/buildkit@v1#metadata";
const metadata = part({
  [BUILDKIT]: part({ vcs: part({ source: text }) }),
  buildkit_metadata: part({ vcs: part({ source: text }) }),
});
const builder = part({ id: text });
const configSource = part({ uri: text });

/** SLSA provenance 1.0 and 0.2, with BuildKit's additions. */
const statementSchema = z.object({
  predicate: part({
    buildDefinition: part({ externalParameters: part({ configSource }) }),
    runDetails: part({ builder, metadata }),
    builder,
    invocation: part({ configSource }),
    metadata,
  }),
});

function parse(bytes: Uint8Array): z.infer<typeof statementSchema> | undefined {
  try {
    return statementSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch {
    return undefined;
  }
}

function vcsOf(found: z.infer<typeof metadata>): string | undefined {
  return found?.[BUILDKIT]?.vcs?.source ?? found?.buildkit_metadata?.vcs?.source;
}

const MAX_CHARACTERS = 300;

function shown(value: string | undefined): string | null {
  const trimmed = value?.trim() ?? "";
  return trimmed === "" ? null : visible(trimmed, MAX_CHARACTERS);
}
