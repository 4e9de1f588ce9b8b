import { describe, expect, it } from "vitest";
import { LOADER_SCRIPT } from "../../../rules/hosts/bootstrap/loader-script.js";
import { MACHINE_SCRIPT } from "../../../rules/hosts/bootstrap/machine-script.js";
import { RENEWAL_SCRIPT } from "../../../rules/hosts/bootstrap/renewal-script.js";
import { SETUP_SCRIPT } from "../../../rules/hosts/bootstrap/setup-script.js";
import { powerShellErrors } from "../../support/powershell-parser.js";

describe("a script of a machine", () => {
  it.each([
    ["loader", LOADER_SCRIPT],
    ["machine", MACHINE_SCRIPT],
    ["setup", SETUP_SCRIPT],
    ["renewal", RENEWAL_SCRIPT],
  ])("%s is PowerShell", async (_, script) => {
    expect(await powerShellErrors(script)).toEqual([]);
  });

  it("that is none would be found out", async () => {
    expect(await powerShellErrors("if ($a { 'b' }")).not.toEqual([]);
    expect(await powerShellErrors(`${SETUP_SCRIPT}}`)).not.toEqual([]);
  });
});
