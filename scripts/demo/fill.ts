/** Fills an empty Gantry: pushes real images to the registry, and does everything else through the public API. */

import { makePeople, type People } from "@/scripts/demo/people";
import { SCENARIO } from "@/scripts/demo/scenario/scenario";
import { tellStory } from "@/scripts/demo/story";

export type FillOptions = {
  gantryUrl: string;
  /** The one-time setup token. */
  setupToken: string;
  /** Where to push the images. Gantry must read docker.io from there. */
  registryUrl: string;
  /** Where the demo site's files are served. Gantry must be allowed to fetch them. */
  mediaUrl: string;
  /** Called after each extension with its title. */
  onProgress?: (title: string, done: number, of: number) => void;
};

/**
 * Most of the time goes into waiting for the queue, so more parallelism would only add contention for the database
 * connection.
 */
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
