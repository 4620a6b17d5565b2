import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Test files that take minutes, in the order in which they start. */
const LONG = ["tests/integration/process/kill-nine.test.ts"];

/** Long files start first, so that the others fill the time beside them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.some((file) => moduleId.endsWith(file));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
