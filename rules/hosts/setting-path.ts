/** Path of a setting: `host.port` in a stack, `port` among the arguments of a component, where `path` is empty. */
export function settingPath(path: string, setting: string): string {
  return path === "" ? setting : `${path}.${setting}`;
}
