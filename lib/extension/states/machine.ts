import { AppError } from "@/lib/platform/errors";

/** The state of a thing that does not exist yet. No transition leads to it. */
export const NONE = "none";
export type None = typeof NONE;

/** A state machine with texts for its errors. Events that a state does not list are illegal in it. */
export type Machine<State extends string, Event extends string, Before extends string = State | None> = {
  /** What has the state, as a noun for sentences: “submission”. */
  thing: string;
  transitions: Readonly<Record<Before, Readonly<Partial<Record<Event, State>>>>>;
  /** The action behind each event, as a verb phrase: “approve it”. */
  acts: Readonly<Record<Event, string>>;
  /** Events that only the server causes; errors do not suggest them. */
  automatic: readonly Event[];
};

/** The state after `event`. Throws `illegal_state` for an illegal event; its suggestion lists the allowed actions. */
export function nextState<State extends string, Event extends string, Before extends string>(
  machine: Machine<State, Event, Before>,
  state: Before,
  event: Event,
): State {
  const next = machine.transitions[state][event];
  if (next !== undefined) return next;
  throw illegal(machine, state, event);
}

/** The legal events in `state`, in the order of `acts`. */
export function possibleEvents<State extends string, Event extends string, Before extends string>(
  machine: Machine<State, Event, Before>,
  state: Before,
): Event[] {
  return eventsOf(machine.acts).filter((event) => machine.transitions[state][event] !== undefined);
}

function illegal<State extends string, Event extends string, Before extends string>(
  machine: Machine<State, Event, Before>,
  state: Before,
  event: Event,
): AppError {
  const { thing, acts } = machine;
  const possible = possibleEvents(machine, state);
  const why =
    state === NONE ? `There is no ${thing} yet` : `The ${thing} is in state “${state.replaceAll("_", " ")}”`;
  const suggestion = adviceFor(machine, possible);
  return new AppError("illegal_state", `${why}, so you cannot ${acts[event]}.`, {
    suggestion,
    details: { state, event, possible },
  });
}

function adviceFor<State extends string, Event extends string, Before extends string>(
  { acts, automatic }: Machine<State, Event, Before>,
  possible: readonly Event[],
): string {
  if (possible.length === 0) return "No further action is possible.";
  const choices = possible.filter((event) => !automatic.includes(event)).map((event) => acts[event]);
  return choices.length === 0
    ? "Wait. Gantry continues automatically."
    : `Allowed now: ${choices.join("; ")}.`;
}

/** The cast is safe: `Machine` guarantees that the keys of `acts` are the events, and machines are literals. */
function eventsOf<Event extends string>(acts: Readonly<Record<Event, string>>): Event[] {
  return Object.keys(acts) as Event[];
}
