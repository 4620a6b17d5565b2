/** Set by the server on every request to a page; whatever a client sends under these names is lost. */

export const CLIENT_IP_HEADER = "x-gantry-client-ip";
export const REQUEST_ID_HEADER = "x-request-id";
