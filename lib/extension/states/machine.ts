import { AppError } from "@/lib/platform/errors";

/** Stands for a thing that is not there yet. No transition leads to it. */
export const NONE = "none";
export type None = typeof NONE;

/** A state machine in words. An event that a state does not list is illegal there. */
export type Machine<State extends string, Event extends string, Before extends string = State | None> = {
  /** What is moved, as the subject of a sentence: “submission”. */
  thing: string;
  transitions: Readonly<Record<Before, Readonly<Partial<Record<Event, State>>>>>;
  /** Each event as what a person or the server does: “approve it”. */
  acts: Readonly<Record<Event, string>>;
  /** Events that the server causes; they are not suggested to anyone. */
  automatic: readonly Event[];
};

/** The state after `event`; where there is none, throws `illegal_state`, whose suggestion names what is possible. */
export function nextState<State extends string, Event extends string, Before extends string>(
  machine: Machine<State, Event, Before>,
  state: Before,
  event: Event,
): State {
  const next = machine.transitions[state][event];
  if (next !== undefined) return next;
  throw illegal(machine, state, event);
}

/** The events that are possible in `state`, in the order of the machine's acts. */
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
    state === NONE
      ? `There is no ${thing} yet`
      : `The state of the ${thing} is “${state.replaceAll("_", " ")}”`;
  const suggestion = adviceFor(machine, possible);
  return new AppError("illegal_state", `${why}, so it is not possible to ${acts[event]}.`, {
    suggestion,
    details: { state, event, possible },
  });
}

function adviceFor<State extends string, Event extends string, Before extends string>(
  { acts, automatic }: Machine<State, Event, Before>,
  possible: readonly Event[],
): string {
  if (possible.length === 0) return "Nothing more can be done with it.";
  const choices = possible.filter((event) => !automatic.includes(event)).map((event) => acts[event]);
  return choices.length === 0 ? "Wait: it goes on by itself." : `Possible now: ${choices.join("; ")}.`;
}

/** Guaranteed by `Machine`: the keys of `acts` are the events, and machines are literals without other keys. */
function eventsOf<Event extends string>(acts: Readonly<Record<Event, string>>): Event[] {
  return Object.keys(acts) as Event[];
}
