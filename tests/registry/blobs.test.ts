import { createHash } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseDigest } from "@/lib/extension/reference/digest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import type { OpenBlobOptions } from "@/lib/registry/client-types";
import type { BlobDescriptor } from "@/lib/registry/oci/descriptor";
import { sha256 } from "@/scripts/demo/image/piece";
import {
  type Behavior,
  type HostileRegistry,
  startHostileRegistry,
} from "@/tests/support/registries/hostile-registry";
import { type OpenClient, openClient } from "@/tests/support/registries/registry-client";

const CONTENT = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 251));

let server: HostileRegistry;
let open: OpenClient;

beforeEach(async () => {
  server = await startHostileRegistry();
  open = openClient(server.url);
});
afterEach(async () => {
  await open.close();
  await server.stop();
});

const repository = () => repositoryOfName(`${server.host}/acme/disk-lens`);

function describing(content: Uint8Array, sizeBytes = content.length): BlobDescriptor {
  const digest = parseDigest(sha256(content));
  if (digest === undefined) throw new Error("A sha256 is a digest.");
  return { digest, sizeBytes };
}

const BLOB = describing(CONTENT);

function serve(...behaviors: [Behavior, ...Behavior[]]): void {
  server.on(/^\/v2\/acme\/disk-lens\/blobs\/sha256:/, ...behaviors);
}

const ranged: Behavior = ({ headers }) => {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? "") ?? [];
  if (from === undefined || to === undefined) return { body: CONTENT };
  return {
    status: 206,
    headers: { "content-range": `bytes ${from}-${to}/${CONTENT.length}` },
    body: CONTENT.subarray(Number(from), Number(to) + 1),
  };
};

async function stream(options: OpenBlobOptions = {}, descriptor = BLOB): Promise<Buffer> {
  const chunks = [];
  for await (const chunk of await open.client.openBlob(repository(), descriptor, options)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Sends the headers and this many bytes, then breaks the connection. */
function breaksAfter(
  bytes: number,
  headers: OutgoingHttpHeaders = { "content-length": CONTENT.length },
): Behavior {
  return (_request, response) => {
    response.writeHead(200, headers);
    response.write(CONTENT.subarray(0, bytes), () => response.socket?.destroy());
    return undefined;
  };
}

describe("a small blob", () => {
  test("is read and verified", async () => {
    serve({ body: CONTENT });
    expect(Buffer.from(await open.client.blob(repository(), BLOB))).toEqual(CONTENT);
  });

  test.each<[name: string, body: Uint8Array]>([
    ["other bytes of the same length", Buffer.alloc(CONTENT.length)],
    ["one byte less", CONTENT.subarray(1)],
    ["one byte more", Buffer.concat([CONTENT, Buffer.alloc(1)])],
    ["nothing", Buffer.alloc(0)],
  ])("%s is a mismatch", async (_name, body) => {
    serve({ body });
    await expect(open.client.blob(repository(), BLOB)).rejects.toMatchObject({ code: "digest_mismatch" });
  });

  test.each([CONTENT.length - 1, CONTENT.length + 1, 0])(
    "with the right digest is read although its descriptor declares %d bytes",
    async (sizeBytes) => {
      serve({ body: CONTENT });
      await expect(open.client.blob(repository(), describing(CONTENT, sizeBytes))).resolves.toHaveLength(
        CONTENT.length,
      );
    },
  );

  test("never has more than 4 MiB, whatever its descriptor declares", async () => {
    const large = Buffer.alloc(4 * 1024 * 1024 + 1, 1);
    serve({ body: large });
    await expect(open.client.blob(repository(), describing(large, 5))).rejects.toMatchObject({
      code: "digest_mismatch",
    });
  });

  test("a sha512 digest is verified as well", async () => {
    const hex = (bytes: Uint8Array) => createHash("sha512").update(bytes).digest("hex");
    const digest = parseDigest(`sha512:${hex(CONTENT)}`);
    if (digest === undefined) throw new Error("A sha512 is a digest.");
    const read = () => open.client.blob(repository(), { digest, sizeBytes: CONTENT.length });
    server.on(/blobs\/sha512:/, { body: CONTENT }, { body: Buffer.alloc(CONTENT.length) });
    await expect(read()).resolves.toHaveLength(CONTENT.length);
    await expect(read()).rejects.toMatchObject({ code: "digest_mismatch" });
  });

  test("up to 4 MiB are read; a descriptor that promises more causes no request", async () => {
    const large = Buffer.alloc(4 * 1024 * 1024, 1);
    serve({ body: large });
    await expect(open.client.blob(repository(), describing(large))).resolves.toHaveLength(large.length);
    const outcome = open.client.blob(repository(), describing(large, large.length + 1));
    await expect(outcome).rejects.toMatchObject({ code: "limit_exceeded" });
    expect(server.requests).toHaveLength(1);
  });

  test("a broken transfer is repeated", async () => {
    serve(breaksAfter(2000), breaksAfter(4000), { body: CONTENT });
    await expect(open.client.blob(repository(), BLOB)).resolves.toHaveLength(CONTENT.length);
  });

  test("after three broken transfers the registry is unreachable", async () => {
    serve(breaksAfter(2000));
    await expect(open.client.blob(repository(), BLOB)).rejects.toMatchObject({
      code: "registry_unreachable",
      retryable: true,
    });
    expect(server.requests).toHaveLength(3);
  });
});

describe("a streamed blob", () => {
  test("comes whole and verified", async () => {
    serve(ranged);
    expect(await stream()).toEqual(CONTENT);
    expect(server.requests[0]?.headers.range).toBeUndefined();
  });

  test.each([
    [{ offset: 1000 }, 1000, 5000],
    [{ length: 10 }, 0, 10],
    [{ offset: 1000, length: 10 }, 1000, 1010],
    [{ offset: 4990, length: 100 }, 4990, 5000],
  ])("%j is cut out, whether the registry knows ranges or not", async (options, start, end) => {
    serve(ranged, { body: CONTENT });
    expect(await stream(options)).toEqual(CONTENT.subarray(start, end));
    expect(server.requests[0]?.headers.range).toBe(`bytes=${start}-${end - 1}`);
    expect(await stream(options)).toEqual(CONTENT.subarray(start, end));
  });

  test.each([{ offset: 5000 }, { offset: 9999 }, { length: 0 }])(
    "%j is empty without a request",
    async (options) => {
      expect(await stream(options)).toHaveLength(0);
      expect(server.requests).toHaveLength(0);
    },
  );

  test("an empty blob is verified too", async () => {
    expect(await stream({}, describing(Buffer.alloc(0)))).toHaveLength(0);
    await expect(stream({}, { ...BLOB, sizeBytes: 0 })).rejects.toMatchObject({ code: "digest_mismatch" });
  });

  test.each<[name: string, body: Uint8Array]>([
    ["other bytes", Buffer.alloc(CONTENT.length)],
    ["one byte less", CONTENT.subarray(1)],
    ["one byte more", Buffer.concat([CONTENT, Buffer.alloc(1)])],
  ])("%s end in a mismatch", async (_name, body) => {
    serve({ body });
    await expect(stream()).rejects.toMatchObject({ code: "digest_mismatch" });
  });

  test.each([CONTENT.length - 1, CONTENT.length + 1])(
    "whole content under a declared size of %d is the manifest's fault, not the registry's",
    async (sizeBytes) => {
      serve({ headers: { "content-length": CONTENT.length }, body: CONTENT });
      await expect(stream({}, { ...BLOB, sizeBytes })).rejects.toMatchObject({
        code: "registry_protocol",
        retryable: false,
        message: expect.stringContaining(`declares ${sizeBytes} bytes`),
      });
    },
  );

  test("content that is longer and wrong is a mismatch, after one more look", async () => {
    const body = Buffer.concat([CONTENT, Buffer.alloc(1)]);
    serve({ headers: { "content-length": body.length }, body });
    await expect(stream()).rejects.toMatchObject({ code: "digest_mismatch", retryable: true });
    expect(server.requests).toHaveLength(2);
  });

  test("never more bytes than promised reach the reader", async () => {
    serve((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(Buffer.alloc(1000)), 1);
      response.once("close", () => clearInterval(timer));
      return undefined;
    });
    let received = 0;
    const reading = (async () => {
      for await (const chunk of await open.client.openBlob(repository(), BLOB)) received += chunk.length;
    })();
    await expect(reading).rejects.toMatchObject({ code: "digest_mismatch" });
    expect(received).toBeLessThanOrEqual(CONTENT.length);
  });

  test.each<[name: string, range: string]>([
    ["another start", "bytes 0-9/5000"],
    ["another total", "bytes 1000-1009/6000"],
    ["nonsense", "garbage"],
  ])("a range answer with %s breaks the protocol", async (_name, range) => {
    serve({ status: 206, headers: { "content-range": range }, body: CONTENT.subarray(0, 10) });
    await expect(stream({ offset: 1000, length: 10 })).rejects.toMatchObject({ code: "registry_protocol" });
  });

  test("a broken transfer goes on where it broke", async () => {
    serve(breaksAfter(2000), ranged);
    expect(await stream()).toEqual(CONTENT);
    expect(server.requests.map((each) => each.headers.range)).toEqual([undefined, "bytes=2000-4999"]);
  });

  test("three broken transfers end it", async () => {
    serve(breaksAfter(2000));
    await expect(stream()).rejects.toMatchObject({ code: "registry_unreachable" });
    expect(server.requests).toHaveLength(3);
  });

  test("leaving the loop ends the transfer", async () => {
    const gone = new Promise<void>((resolve) => {
      serve((_request, response) => {
        response.once("close", resolve);
        response.writeHead(200);
        response.write(CONTENT.subarray(0, 100));
        return undefined;
      });
    });
    for await (const chunk of await open.client.openBlob(repository(), BLOB)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    await gone;
  });

  test("an abort ends the transfer with the caller's reason", async () => {
    serve((_request, response) => {
      response.writeHead(200);
      response.write(CONTENT.subarray(0, 100));
      return undefined;
    });
    const controller = new AbortController();
    const blob = await open.client.openBlob(repository(), BLOB, { signal: controller.signal });
    const reading = (async () => {
      for await (const chunk of blob) if (chunk.length > 0) controller.abort(new Error("enough"));
    })();
    await expect(reading).rejects.toThrow("enough");
    expect(server.requests).toHaveLength(1);
  });
});
