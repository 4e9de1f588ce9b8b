import { describe, expect, it } from "vitest";
import { HostKind } from "../../../rules/bot-choices.js";
import { emptyVaultWarnings } from "../../../rules/hosts/empty-vault.js";

const vault = { name: "contoso-kv", secretSettings: { Store__Key: "StoreKey", Other: "StoreKey" } };
const said = (kind: HostKind) => emptyVaultWarnings(kind, vault);

describe("a vault that the same run makes", () => {
  it("keeps a container app from coming up", () => {
    expect(said(HostKind.ContainerApp)).toEqual([
      "The vault contoso-kv is made by this run and is empty. Put StoreKey into it from one of host.allowedAddresses and run again, or give a vault that holds them as host.vaultId: until then the app is not made, because Container Apps takes none whose secrets it cannot read.",
    ]);
  });
  it("is to be filled by a person for the other hosts", () => {
    expect(said(HostKind.AppService)).toEqual([
      "The vault contoso-kv is made by this run and is empty. Put StoreKey into it from one of host.allowedAddresses, and restart the site: until then the process reads the text of the reference as its settings Store__Key, Other.",
    ]);
    expect(said(HostKind.ScaleSet)).toEqual([
      "The vault contoso-kv is made by this run and is empty. Put StoreKey into it from one of host.allowedAddresses within 20 minutes after the machines start, or their set-up fails.",
    ]);
  });
  it.each(Object.values(HostKind))(
    "is as good as any where nothing is read from it: %s",
    (kind) => {
      expect(emptyVaultWarnings(kind, { ...vault, secretSettings: {} })).toEqual([]);
    },
  );
});
