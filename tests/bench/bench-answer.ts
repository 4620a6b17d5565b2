/** The answer that a server under load gives to every request. */
export type BenchAnswer = {
  status: number;
  headers: Record<string, string>;
  /** base64 */
  body: string;
};

export function bytesOf({ body }: BenchAnswer): Buffer<ArrayBuffer> {
  return Buffer.from(body, "base64");
}
