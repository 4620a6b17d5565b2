/**
 * fast-check with one seed for every run, so that what is green stays green until the code changes.
 * `TEST_SEED=4711 npm test -- unit` looks at other values.
 */

import fc from "fast-check";

const SEED = Number(process.env.TEST_SEED ?? 20_261_120);

fc.configureGlobal({ seed: SEED });

export default fc;
