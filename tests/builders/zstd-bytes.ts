/** zstd streams (RFC 8878): made by hand of blocks that are not compressed, and two that the zstd tool made. */

export type FrameOptions = {
  /** Written as the window descriptor; without it the frame is a single segment of its content's size. */
  windowLog?: number;
  /** Written instead of the content's length. */
  contentBytes?: number;
  blockBytes?: number;
  dictionary?: number;
};

const MAGIC = Buffer.from("28b52ffd", "hex");

/** One frame whose blocks hold `content` as it is. */
export function zstdFrame(content: Uint8Array, options: FrameOptions = {}): Buffer {
  const { windowLog, contentBytes = content.length, blockBytes = 64 * 1024, dictionary } = options;
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(contentBytes));
  const descriptor = 0xc0 | (windowLog === undefined ? 0x20 : 0) | (dictionary === undefined ? 0 : 1);
  const window = windowLog === undefined ? [] : [(windowLog - 10) << 3];
  const head = Buffer.from([descriptor, ...window, ...(dictionary === undefined ? [] : [dictionary])]);
  return Buffer.concat([MAGIC, head, size, ...blocksOf(content, blockBytes)]);
}

function blocksOf(content: Uint8Array, blockBytes: number): Uint8Array[] {
  const count = Math.max(1, Math.ceil(content.length / blockBytes));
  return Array.from({ length: count }, (_, at) => {
    const block = content.subarray(at * blockBytes, (at + 1) * blockBytes);
    return Buffer.concat([blockHeader(at === count - 1, 0, block.length), block]);
  });
}

/** A frame of `count` blocks that each say "`blockBytes` zeros". */
export function zstdBomb(count: number, blockBytes = 128 * 1024): Buffer {
  const block = (at: number) => Buffer.concat([blockHeader(at === count - 1, 1, blockBytes), Buffer.of(0)]);
  return Buffer.concat([
    MAGIC,
    Buffer.of(0, (23 - 10) << 3),
    ...Array.from({ length: count }, (_, at) => block(at)),
  ]);
}

/** `type` as in the specification: 0 raw, 1 repeated byte, 2 compressed, 3 reserved. */
export function blockHeader(isLast: boolean, type: number, sizeBytes: number): Buffer {
  const header = Buffer.alloc(3);
  header.writeUIntLE((sizeBytes << 3) | (type << 1) | Number(isLast), 0, 3);
  return header;
}

export function skippableFrame(content: Uint8Array): Buffer {
  const head = Buffer.from("5a2a4d1800000000", "hex");
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
}

/** What `zstd -3` makes of `text`, with a checksum. */
export const ZSTD_WITH_CHECKSUM = {
  text: Array.from({ length: 60 }, (_, at) => `${(at * 7919) % 101} of ${at}\n`).join(""),
  bytes: Buffer.from(
    "KLUv/QRY5QYA0k8gD6ClOoNVFb7lriyhuuI2IWcFEITlWPXJ1rvoUk5Tjyxyh6KzIcdmv261q3OLU/ssLTt0TiqORP1oI7tI5hJOFPpQkCXrQHLijfRdblaX3LqJnuZCdRg550b6JLdQ102b5kFcrgc5zcb5AgiicAsgiPa6ZNM8AQQxuAQQhPQQQBAhNiCAkykcgsx4yQxHGomjpllIaA49cqORQuDIJm0MB9NNrp6lSzIeMb3JLE0R8nQbBZnhSCNwNIJjI6LduBHGsRppBNnBl3AG4xFpTavggpwvqJtXZkIcA08hLA8=",
    "base64",
  ),
};

/** What `zstd -19 --no-check` makes of `text`: matches that reach over several blocks. */
export const ZSTD_OF_BLOCKS = {
  text: Array.from({ length: 30_000 }, (_, at) => `${at % 7} of ${at % 11}\n`).join(""),
  bytes: Buffer.from(
    "KLUv/QBozAMAQsgSDNA9oQCVJUUIA9ITMRBPPCsaefiJZ0UjDz/xrGjk4SeeFY08/MSzopGHn3hWNPKIJ551HWDWtUFZ1wVkXROMdT0g1rXAretDWNcRRqgRoNv+vwGQLQ1jEvCv////3wHb/SWCNZRvlNdovlS+GaOgszabo/hdBVUAAAABAPQ+4/+5BgI=",
    "base64",
  ),
};

/** What `zstd -19 --long=24` makes of 512 odd bytes, 12 MiB of zeros, and the same bytes again: a match that far back. */
export const ZSTD_FAR_BACK = Buffer.from(
  "KLUv/QBwXBAAFCB6LM95T50pdxJMXK58VZZpFRATK1UIRrrzFxMp8R/+JjAyGL1JLv8qMalWdf9JjkB/kCRW3UCoxm++dWt51LUIxiWO7Feb554fNFUiueVDghV6q28rOHXOD2bfruz6opTmgyzDO0ZLAGgEBubY0miVg1FwLeKLk07qg4NHU7RI/RjzzijxIIbxO35016JphncZKk5gst0nz/Xpn/nRoCA/h4OgJ6aaKLuG8syi2HPyIUVqPqoWF19K1h43HfP1mcl1BDehJTVTVoZusezltz1tvHb+bSIkA8kpdZ4OblbtLelN8sKOxE98LnbC3ipjpAjHjyleF8tsBZKCldvnmRRvJ+98tlLwBv/BMbWo78MqiOg8SCIPJquwnL7raajrbOXSgmSBcrxahqNkDDMqzzDQSftu0k68ljz1pq8MuitAuTPq20mYa2ZSd/QHc15tzJiLVJwPRoyc8MLu8XrvLtX7XavYcFQx6trPd1BFUe8jsycwdwhsE+aLLGgL3Pb96tst7fBmI9XktBGTsY7T+P2VPHC06dxe7Ff3flOX5ZP9UvpfOhFQhjWhoBXWN5vi+scnvTviAmJj/EyrlDC31qNVqjpf+nvyIMSp/HlrubNncWktfj8S2fbjya0DXpa9M5Emhf3+8eALUh6jN7pCVgFZ1FiKJMX77eHLOQMoB/8sWwABAAH4+3OQBgIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAZQAAAAIA/QMCwKRCvwqA",
  "base64",
);
