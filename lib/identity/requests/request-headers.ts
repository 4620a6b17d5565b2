/** Set by the server on every request before Next sees it; whatever a client sends under these names is lost. */

/** The client's address, after trusted proxies. */
export const CLIENT_IP_HEADER = "x-gantry-client-ip";
export const REQUEST_ID_HEADER = "x-request-id";
