// What a command is given in place of the process: it never touches argv, stdout or exit codes itself.
import type { Report } from "./report.js";

export interface Surroundings {
  /** The folder that relative paths start from. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Shows at once what is being done; for whatever takes longer than a moment. */
  readonly progress: (line: string) => void;
  /** Takes the result of the command, which `main` prints. */
  readonly finish: (report: Report, options: { readonly json?: boolean }) => void;
}
