package dev.skep.provider.runtime;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;

/**
 * Every way in which starting a slot or running a job ends badly: its code, whose fault it is, and
 * what to do.
 */
public enum RuntimeProblem {
  JOB_THREW(
      "job-threw", 422, Fault.JOB, false, "Read the job's log and traceback; fix the program."),
  OUTPUT_INVALID(
      "output-invalid",
      422,
      Fault.JOB,
      false,
      "Return only dict, list, str, int, finite float, bool or None from the job."),
  OUTPUT_TOO_LARGE(
      "output-too-large",
      422,
      Fault.JOB,
      false,
      "Return less, or raise output.maxBytes of the pool."),
  INPUT_INVALID(
      "input-invalid", 400, Fault.CALLER, false, "Send one JSON document as the job's input."),
  RUN_LIMIT(
      "run-limit",
      422,
      Fault.JOB,
      false,
      "Make the job faster, or raise deadlines.run of the pool."),
  OUT_OF_MEMORY(
      "out-of-memory",
      422,
      Fault.JOB,
      false,
      "Use less memory, or raise resources.memory of the pool."),
  JOB_EXITED(
      "job-exited",
      422,
      Fault.JOB,
      false,
      "The program must return from its job, not end the process."),
  WORKER_PROTOCOL(
      "worker-protocol",
      422,
      Fault.JOB,
      false,
      "The program disturbed the worker it runs in; it must not touch the socket in /run/skep."),
  CANCELLED("job-cancelled", 409, Fault.CALLER, false, "Nothing to do: the job was cancelled."),
  INIT_FAILED("init-failed", 422, Fault.JOB, false, "Fix the function given to define_init."),
  INIT_LIMIT("init-limit", 422, Fault.JOB, false, "Make init faster: it may load, but not train."),
  CHECK_FAILED(
      "check-failed",
      422,
      Fault.JOB,
      false,
      "Run the check's input where the program was written: either the check is wrong, or this machine is."),
  PROGRAM_MISMATCH(
      "program-mismatch",
      422,
      Fault.PLATFORM,
      true,
      "Fetch the pool again; its program changed on the way."),
  GPU_NOT_LENT(
      "gpu-not-lent",
      422,
      Fault.PROVIDER,
      false,
      "Lend cards: skep pool join --gpus all (skep evaluate shows them), or join another pool."),
  GPU_TOOLKIT_MISSING(
      "gpu-toolkit-missing",
      503,
      Fault.PROVIDER,
      false,
      "Install the NVIDIA container toolkit, run nvidia-ctk runtime configure, and restart Docker."),
  GPU_UNUSABLE(
      "gpu-unusable",
      503,
      Fault.PROVIDER,
      false,
      "Check the cards with nvidia-smi, and that --gpus names some of them."),
  SLOT_CLOSED("slot-closed", 503, Fault.PROVIDER, true, "The job is tried on another slot."),
  NETWORK_LOST(
      "network-lost",
      503,
      Fault.PROVIDER,
      true,
      "The job lost its network and is tried on another slot."),
  RUNTIME_UNAVAILABLE(
      "runtime-unavailable",
      503,
      Fault.PROVIDER,
      true,
      "On the provider's machine 'skep doctor' says what is wrong with Docker; the job is tried elsewhere.");

  private final String code;
  private final int status;
  private final Fault fault;
  private final boolean retryable;
  private final String hint;

  RuntimeProblem(String code, int status, Fault fault, boolean retryable, String hint) {
    this.code = code;
    this.status = status;
    this.fault = fault;
    this.retryable = retryable;
    this.hint = hint;
  }

  public String code() {
    return code;
  }

  /** The exception form; {@code because} says what happened this time. */
  public SkepException because(String because) {
    return SkepException.of(code, status)
        .fault(fault)
        .retryable(retryable)
        .because(because)
        .hint(hint);
  }
}
