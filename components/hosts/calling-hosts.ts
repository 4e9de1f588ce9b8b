// The host that takes the calls, and the one beside it while calls are handed over. Each keeps its slot, and with it the names
// of what it is made of: to switch replaces nothing.
import { HostSlot } from "../../rules/bot-choices.js";
import { callingHost, type HostAddress, type HostPlace } from "./calling-host.js";
import type { HostArgs } from "./host-args.js";

export interface PlacedHost {
  readonly slot: HostSlot;
  readonly address: HostAddress;
}

export interface CallingHosts {
  /** The one that takes the calls. */
  readonly inUse: PlacedHost;
  readonly other: PlacedHost | undefined;
}

/** Makes what of the hosts has an address. */
export function callingHosts(
  { host, otherHost }: { readonly host: HostArgs; readonly otherHost?: HostArgs },
  place: HostPlace,
): CallingHosts {
  return {
    inUse: placed(host, place),
    other: otherHost === undefined ? undefined : placed(otherHost, place),
  };
}

function placed(host: HostArgs, place: HostPlace): PlacedHost {
  const { slot = HostSlot.First } = host;
  return { slot, address: callingHost(host, slot === HostSlot.First ? place : second(place)) };
}

function second(place: HostPlace): HostPlace {
  const name = `${place.name}-second`;
  return { ...place, name, facts: place.facts.apply((facts) => ({ ...facts, bot: name })) };
}
