/** Makes the value when it is first asked for, then keeps it and forgets how it was made. A failure is not kept. */
export function lazy<T>(make: () => T): () => T {
  return lazily(make).get;
}

/** The same, with a look at whether it has been made. */
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
