/** Set by the server on every request before Next sees it; values that clients send under these names are dropped. */

/** The client's address, after trusted proxies. */
export const CLIENT_IP_HEADER = "x-gantry-client-ip";
export const REQUEST_ID_HEADER = "x-request-id";
