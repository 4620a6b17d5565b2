import type { Send } from "@/lib/egress/guarded-fetch";
import { withBody } from "@/lib/egress/response";
import type { ErrorCode } from "@/lib/platform/error-codes";
import { AppError, hasCode } from "@/lib/platform/errors";

/** Wraps a fetch to convert its network failures to `registry_unreachable` and `registry_protocol`. */
export function registryNetwork(send: Send): Send {
  return async (request) => {
    try {
      const response = await send(request);
      return withBody(response, translated(response.body));
    } catch (error) {
      throw translate(error);
    }
  };
}

async function* translated(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw translate(error);
  }
}

function translate(error: unknown): unknown {
  if (hasCode(error, "unreachable")) return restated("registry_unreachable", error);
  if (hasCode(error, "answer_refused")) return restated("registry_protocol", error);
  return error;
}

function restated(code: ErrorCode, cause: AppError): AppError {
  const { message, suggestion, details = {} } = cause;
  return new AppError(code, message, { retryable: true, suggestion, details, cause });
}
