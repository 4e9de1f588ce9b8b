/** One app role that the application asks for, as a stack output shows it. */
export interface PermissionOutput {
  value: string;
  id: string;
  because: string[];
}
