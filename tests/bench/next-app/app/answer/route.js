/** The least that a route handler of Next can do; its server says what to answer. */

export const dynamic = "force-dynamic";

function answer() {
  const { status, headers, bytes } = globalThis.benchAnswer;
  return new Response(status === 304 ? null : bytes, { status, headers });
}

export const GET = answer;
export const POST = answer;
