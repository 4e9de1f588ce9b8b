// Every type of resources that hang on others. A new one is a file with a description, and a line here.
import { roleAssignment } from "./authorization/role-assignments.js";
import { diagnosticSetting } from "./insights/diagnostic-setting.js";
import type { ExtensionType } from "./mechanics/extension-type.js";

export const extensionTypes: readonly ExtensionType[] = [roleAssignment, diagnosticSetting];
