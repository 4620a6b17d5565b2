/** An image platform. `variant` is absent where it is the architecture's default (`arm64/v8` = `arm64`). */
export type Platform = { os: string; architecture: string; variant?: string };
