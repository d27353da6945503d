/** What can go wrong when a pool is called: one tree, made from the queen's problem documents (RFC 9457). */
export class SkepError extends Error {
  constructor(message, problem = {}) {
    const job = problem.job?.id ?? '';
    super([message, problem.hint, job && `(job ${job})`].filter(Boolean).join(' '));
    this.code = String(problem.code ?? '');
    this.status = Number(problem.status ?? 0);
    this.fault = String(problem.fault ?? '');
    this.retryable = problem.retryable === true;
    this.hint = String(problem.hint ?? '');
    this.reference = String(problem.reference ?? '');
    this.job = String(job);
  }

  get name() {
    return this.constructor.name;
  }
}

/** The request was not taken: something about it has to change. */
export class Refused extends SkepError {}

/** Nobody is signed in, or the token has run out. */
export class SignInNeeded extends Refused {}

/** The job ran and failed by its own fault; its traceback is in the message. */
export class JobFailed extends SkepError {}

/** The platform, a provider or the chain could not do it now; another try may help. */
export class Unavailable extends SkepError {}

/** The answer did not come in time. */
export class TimedOut extends SkepError {}

/** The queen does not answer, or the connection broke. */
export class Unreachable extends SkepError {}

/** The error that an answer's body describes, whatever an unknown proxy may have made of it. */
export function fromProblem(status, body) {
  const problem = { status, ...parsed(body, status) };
  return new (kind(problem))(`${problem.code ?? status}: ${problem.detail ?? ''}`, problem);
}

function parsed(body, status) {
  const nothing = { detail: `the answer has status ${status}` };
  try {
    const problem = JSON.parse(body);
    return Object(problem) === problem ? problem : nothing;
  } catch {
    return nothing;
  }
}

function kind({ status, fault }) {
  if (status === 401) {
    return SignInNeeded;
  } else if (fault === 'JOB') {
    return JobFailed;
  }
  return fault === 'CALLER' || (status >= 400 && status < 500 && status !== 429) ? Refused : Unavailable;
}
