// The host that takes the calls, and the one beside it while calls are handed over. Each keeps its slot, and with it the names
// of what it is made of: to switch replaces nothing.
import { HostSlot } from "../../rules/bot-choices.js";
import { slotName } from "../../rules/hosts/slot-name.js";
import { callingHost, type HostAddress, type HostPlace } from "./calling-host.js";
import { plainPrincipal } from "./given-identity.js";
import type { HostArgs } from "./host-args.js";
import { lastingGrants } from "./lasting-grants.js";

export interface PlacedHost {
  readonly slot: HostSlot;
  readonly address: HostAddress;
  /** Principal id of the identity that the stack gives it, which may be the other host's as well. */
  readonly givenPrincipal: string | undefined;
}

export interface CallingHosts {
  /** The one that takes the calls. */
  readonly inUse: PlacedHost;
  readonly other: PlacedHost | undefined;
}

/** Makes what of the hosts has an address. */
export function callingHosts(
  { host, otherHost }: { readonly host: HostArgs; readonly otherHost?: HostArgs },
  place: Omit<HostPlace, "path" | "grantOnce">,
): CallingHosts {
  const grantOnce = lastingGrants(place.name, place.parent);
  return {
    inUse: placed(host, { ...place, grantOnce, path: "host" }),
    other:
      otherHost === undefined
        ? undefined
        : placed(otherHost, { ...place, grantOnce, path: "otherHost" }),
  };
}

function placed(host: HostArgs, place: HostPlace): PlacedHost {
  const { slot = HostSlot.First, identity } = host;
  const address = callingHost(host, slot === HostSlot.First ? place : second(place));
  return { slot, address, givenPrincipal: plainPrincipal(identity) };
}

function second(place: HostPlace): HostPlace {
  const name = slotName(place.name, HostSlot.Second);
  return { ...place, name, facts: place.facts.apply((facts) => ({ ...facts, bot: name })) };
}
