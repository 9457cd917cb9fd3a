/** What is wrong with a configuration, and how the command line says it. */

export interface ConfigProblem {
  readonly code: 'FILE_MISSING' | 'JSON_INVALID' | 'MEMBER_INVALID' | 'ENVIRONMENT_INVALID' | 'LINE_UNCLEAR';
  /** Path of the file, or name of the variable. */
  readonly at: string;
  /** 1-based; 0 where there is none. */
  readonly line: number;
  /** Member as `units[2].id`; empty where there is none. */
  readonly field: string;
  /** What is wrong with it: a code of the schema, or what was expected. */
  readonly reason: string;
}

/** Thrown where a command cannot begin with its configuration. */
export class ConfigTrouble extends Error {
  readonly problem: ConfigProblem;

  constructor(problem: ConfigProblem) {
    super([problem.code, problem.at, problem.line, problem.field, problem.reason].join(' '));
    this.name = 'ConfigTrouble';
    this.problem = problem;
  }
}

/** In both languages. */
export function configSentence({ code, at, line, field, reason }: ConfigProblem): string {
  const place = line > 0 ? `${at}:${line}` : at;
  switch (code) {
    case 'FILE_MISSING':
      return `没有找到配置 ${place}。请运行 sundial init，或用 SUNDIAL_CONFIG 指明。 / No configuration at ${place}: run sundial init, or name one in SUNDIAL_CONFIG.`;
    case 'JSON_INVALID':
      return `${place} 不是合法的 JSON。请检查这一行。 / Not valid JSON: check this line.`;
    case 'MEMBER_INVALID':
      return `${place} 的 ${field} 不合要求（${reason}）。 / ${field} does not fit (${reason}).`;
    case 'ENVIRONMENT_INVALID':
      return `环境变量 ${place} 不合要求（${reason}）。 / Environment variable ${place} does not fit (${reason}).`;
    case 'LINE_UNCLEAR':
      return `${place} 应是“名称=值”。值里有 #、引号、反斜杠，或首尾有空格时，请放进引号：'…'（里面没有 '）或 "…"（里面没有 " 和 \\）。 / This line is not NAME=value. A value with #, a quotation mark, a backslash or a blank at an end goes into quotation marks: '…' (no ' inside) or "…" (no " and \\ inside).`;
  }
}
