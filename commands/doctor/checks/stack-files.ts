// Whether every stack of the project says only what can be done: what is wrong in one that is deployed next month counts today.
import { readStackConfig } from "../../../rules/config.js";
import { formatIssue } from "../../../rules/issue.js";
import { type Check, fail, type Outcome, pass, skip } from "../../checks/check.js";
import { count } from "../../checks/count.js";
import type { DoctorContext } from "../doctor-context.js";
import type { Project } from "../stack-files.js";

export const stackFiles: Check<DoctorContext> = {
  id: "stack-files",
  title: "the file of every stack is complete and free of contradictions",
  run: async ({ project, env }) => judgeStackFiles(project, env),
};

export function judgeStackFiles(
  { name, stacks }: Project,
  environment: DoctorContext["env"],
): Outcome {
  if (stacks.length === 0)
    return skip("The project has no stack files.", "Make one: pulumi stack init.");
  const issues = stacks.flatMap((file) => {
    const found =
      file.issues.length > 0
        ? file.issues
        : readStackConfig({ ...file, project: name, environment }).issues;
    return found.map((issue) => `${file.path}: ${formatIssue(issue)}`);
  });
  const evidence = { stacks: stacks.map(({ stack }) => stack), issues };
  if (issues.length === 0) {
    return pass(`The files of ${evidence.stacks.join(", ")} are in order.`, evidence);
  }
  return fail(
    `The stack files have ${count(issues.length, "problem")}.`,
    issues.join(" "),
    evidence,
  );
}
