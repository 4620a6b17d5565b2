/** Computes the value on first access and caches it. Failures are not cached. */
export function lazy<T>(make: () => T): () => T {
  return lazily(make).get;
}

/** Like `lazy`, but `peek` tells whether the value exists yet. */
export function lazily<T>(make: () => T): { get(): T; peek(): T | undefined } {
  let state: { value: T } | { make: () => T } = { make };
  return {
    get() {
      if ("make" in state) state = { value: state.make() };
      return state.value;
    },
    peek: () => ("value" in state ? state.value : undefined),
  };
}
