// Whether the name of the webhook leads to an address that Teams can reach.
import { unreachableBecause } from "../../../rules/public-host.js";
import { CannotTell } from "../../checks/cannot-tell.js";
import { type Check, fail, type Outcome, pass, warn } from "../../checks/check.js";
import { codeOf, type HostAddress, hostAndPort } from "../../probe/network.js";
import { unlessExample } from "../example-webhook.js";
import type { VerifyContext } from "../verify-context.js";

export function judgeAddresses(host: string, addresses: readonly HostAddress[]): Outcome {
  // In an order of their own: a resolver turns them round from question to question.
  const evidence = { addresses: addresses.map(({ address }) => address).sort() };
  const hidden = addresses.filter(({ address, family }) => isHidden(address, family));
  if (hidden.length > 0) {
    return fail(
      `${host} leads to ${hidden.map(({ address }) => address).join(", ")}, which is no address of the Internet: no call arrives.`,
      "Point its public DNS record at a public address. If only this machine's resolver says so (split DNS, a VPN), run this from outside.",
      evidence,
    );
  }
  if (!addresses.some(({ family }) => family === 4)) {
    return warn(
      `${host} has only IPv6 addresses.`,
      "Add an A record: that Teams calls over IPv6 is documented nowhere, and many networks between here and there have no IPv6.",
      evidence,
    );
  }
  return pass(`${host} leads to ${evidence.addresses.join(", ")}.`, evidence);
}

function isHidden(address: string, family: 4 | 6): boolean {
  return unreachableBecause(family === 6 ? `[${address}]` : address) !== undefined;
}

/** @throws CannotTell when no server answered, which says nothing of the name */
export function judgeNoAddress(host: string, code: string): Outcome {
  if (code === "ENOTFOUND" || code === "ENODATA") {
    return fail(
      `${host} has no address: no call arrives.`,
      "Make its DNS record, or correct host.callingWebhook of the stack. A record that is new may take until the old answer's time to live is over.",
      { code },
    );
  }
  throw new CannotTell(
    `${host} could not be looked up (${code || "no reason given"}).`,
    "Check the resolver of this machine, and that the zone of the domain is delegated and its name servers answer.",
  );
}

export const webhookDns: Check<VerifyContext> = {
  id: "webhook-dns",
  title: "the webhook's name has a public address",
  explains: ["the incoming call never reaches the bot"],
  run: unlessExample(async ({ bot, network }) => {
    const { host } = hostAndPort(bot.callingWebhook);
    try {
      return judgeAddresses(host, await network.addresses(host));
    } catch (error) {
      return judgeNoAddress(host, codeOf(error));
    }
  }),
};
