package dev.skep.provider.cli;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program: reads a command line, runs the command, turns its problems into exit codes. */
public final class SkepCli {
  private final Surroundings surroundings;

  public SkepCli(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Runs one command line; returns its exit code. */
  public int run(String... args) {
    CommandLine line = commandLine();
    line.setOut(writer(surroundings.out()));
    line.setErr(writer(surroundings.err()));
    line.setExecutionExceptionHandler(this::failed);
    line.setParameterExceptionHandler(this::misused);
    return line.execute(args);
  }

  /** All commands with their options, for whoever describes them. */
  CommandLine commandLine() {
    CommandLine line = new CommandLine(new SkepRoot(), new CommandFactory(surroundings));
    line.setExpandAtFiles(false); // --input @FILE is a file of JSON, not of more arguments
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(100);
    return line;
  }

  private static PrintWriter writer(java.io.PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private int failed(Exception e, CommandLine line, ParseResult parsed) {
    SkepException problem = e instanceof SkepException known ? known : bug(e);
    Object command = line.getCommand();
    boolean json = command instanceof Command known && known.options.json;
    new Printer(surroundings.out(), surroundings.err(), json).problem(problem);
    return problem.code().equals("bug") ? ExitCode.BUG : ExitCode.of(problem);
  }

  /** Whatever escapes is our bug: its trace goes to the log, a sentence to the person. */
  private static SkepException bug(Exception e) {
    System.getLogger(SkepCli.class.getName()).log(Level.ERROR, "unexpected", e);
    return SkepException.of("bug", 500)
        .fault(Fault.PLATFORM)
        .because("this program has a bug: " + e)
        .hint("Please report it with the trace above.")
        .causedBy(e);
  }

  private int misused(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    boolean json = List.of(args).contains("--json");
    SkepException problem =
        SkepException.of("usage", 400)
            .fault(Fault.CALLER)
            .because(e.getMessage() + suggestions(e))
            .hint(line.getCommandSpec().qualifiedName() + " --help");
    new Printer(surroundings.out(), surroundings.err(), json).problem(problem);
    return ExitCode.USAGE;
  }

  private static String suggestions(ParameterException e) {
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }
    return "";
  }

  @Override
  public String toString() {
    return "SkepCli" + Arrays.asList(surroundings.environment().get("SKEP_HOME"));
  }
}
