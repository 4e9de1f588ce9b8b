import { describe, expect, it } from "vitest";
import {
  subnetWarnings,
  type VaultAccess,
  vaultWarnings,
} from "../../../rules/hosts/vault-access.js";

const SUBNET =
  "/subscriptions/10ca1000-0000-4000-8000-00000000000a/resourceGroups/bots/providers/Microsoft.Network/virtualNetworks/bots/subnets/host";
const OPEN: VaultAccess = {
  name: "contoso",
  usesRoles: true,
  isPublic: true,
  subnets: undefined,
};

describe("a vault that others look after", () => {
  it("is nothing to speak of when it lets the host in", () => {
    expect([...vaultWarnings(OPEN), ...subnetWarnings(OPEN, SUBNET)]).toEqual([]);
    expect(subnetWarnings({ ...OPEN, subnets: [SUBNET.toUpperCase()] }, SUBNET)).toEqual([]);
  });

  it("is warned about when its network rules leave the host out", () => {
    expect(subnetWarnings({ ...OPEN, subnets: [`${SUBNET}2`] }, SUBNET)).toEqual([
      `The vault contoso lets in only what its network rules name, and the host's subnet is not among them. Add ${SUBNET}, or the host reads nothing from it.`,
    ]);
    const closed = { ...OPEN, isPublic: false, subnets: [] };
    expect([...vaultWarnings(closed), ...subnetWarnings(closed, SUBNET)]).toEqual([
      "The vault contoso is reached by private endpoints alone. Give the host's network one, or the host reads nothing from it.",
    ]);
  });

  it("is warned about when a role there has no effect", () => {
    expect(vaultWarnings({ ...OPEN, usesRoles: false })).toEqual([
      "The vault contoso uses access policies, so the role that the host's identity is given there has no effect. Let the identity get and list secrets by a policy, or switch the vault to roles.",
    ]);
  });
});
