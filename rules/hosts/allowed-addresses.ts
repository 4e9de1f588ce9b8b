// Who else reaches a host's vault: public IPv4 addresses and ranges, as Key Vault's firewall takes them.
import { isIPv4 } from "../ip-address.js";
import { type Issue, shown } from "../issue.js";
import { unreachableBecause } from "../public-host.js";

/** Most rules of one vault ("Configure networking security for Azure Key Vault"). */
const MAX_RULES = 1000;
/** Azure takes no rule for the whole Internet. */
const WIDEST = 8;

/** Issues of each address, and of how many there are. */
export function checkAllowedAddresses(path: string, addresses: readonly string[]): Issue[] {
  const whose = "Azure Key Vault";
  const tooMany: Issue = {
    path,
    rule: `must list at most ${MAX_RULES} addresses or ranges`,
    whose,
    got: String(addresses.length),
    fix: "Put neighbours together into ranges.",
  };
  const wrong = addresses.flatMap((value, index): Issue[] => {
    if (isPublicRange(value)) return [];
    return [
      {
        path: `${path}[${index}]`,
        rule: "must be a public IPv4 address, or a range of them as in 20.30.40.0/24",
        whose,
        got: shown(value),
        fix: "Give the address from which the Internet sees the person or pipeline.",
      },
    ];
  });
  return [...(addresses.length > MAX_RULES ? [tooMany] : []), ...wrong];
}

function isPublicRange(value: string): boolean {
  const [address = "", length = "32", ...more] = value.split("/");
  const bits = /^\d{1,2}$/.test(length) ? Number(length) : Number.NaN;
  const isRange = isIPv4(address) && bits >= WIDEST && bits <= 32 && more.length === 0;
  return isRange && unreachableBecause(address) === undefined;
}
