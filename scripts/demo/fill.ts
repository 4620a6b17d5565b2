/** Fills an empty Gantry: real images into the registry, everything else through the public API. */

import { makePeople, type People } from "@/scripts/demo/people";
import { SCENARIO } from "@/scripts/demo/scenario/scenario";
import { tellStory } from "@/scripts/demo/story";

export type FillOptions = {
  gantryUrl: string;
  /** The one-time secret of set-up. */
  setupToken: string;
  /** Where the images are pushed; Gantry must read docker.io from there. */
  registryUrl: string;
  /** Where the files of the demo's site are served; Gantry must be allowed to read from there. */
  mediaUrl: string;
  /** Called after each extension with its title. */
  onProgress?: (title: string, done: number, of: number) => void;
};

/** Most of a story is waiting for the queue; more at once would only wait longer for the same database connection. */
const STORIES_AT_ONCE = 6;

export async function fillDemo(options: FillOptions): Promise<People> {
  const { registryUrl, mediaUrl } = options;
  const people = await makePeople(options.gantryUrl, options.setupToken);
  const waiting = [...SCENARIO];
  let done = 0;
  const tell = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await tellStory(next, { clients: people.clients, registryUrl, mediaUrl });
      done += 1;
      options.onProgress?.(next.title, done, SCENARIO.length);
    }
  };
  await Promise.all(Array.from({ length: STORIES_AT_ONCE }, tell));
  return people;
}
