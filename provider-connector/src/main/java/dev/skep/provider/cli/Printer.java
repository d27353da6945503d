package dev.skep.provider.cli;

import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** Answers go to stdout, as text or as one JSON document; everything else goes to stderr. */
public final class Printer {
  private final PrintStream out;
  private final PrintStream err;
  private final boolean json;
  private final Ansi colours;

  /** Colours only on a terminal, and never where NO_COLOR is set. */
  Printer(PrintStream out, PrintStream err, boolean json) {
    this(out, err, json, Ansi.AUTO);
  }

  Printer(PrintStream out, PrintStream err, boolean json, Ansi colours) {
    this.out = out;
    this.err = err;
    this.json = json;
    this.colours = colours;
  }

  public boolean isJson() {
    return json;
  }

  /** The answer: the document with --json, else the lines. */
  public void answer(JsonValue document, List<String> lines) {
    if (json) {
      out.println(document);
    } else {
      lines.forEach(line -> out.println(printable(line)));
    }
    out.flush();
  }

  /** A further JSON line or text line of a command that goes on. */
  public void event(JsonStructure document, String line) {
    if (json) {
      out.println(document);
      out.flush();
    } else {
      progress(line);
    }
  }

  /** One line of a stream, as it came. */
  public void line(String line) {
    out.println(json ? line : printable(line));
    out.flush();
  }

  /** Text that goes on where the last piece ended; one JSON line with --json. */
  public void piece(JsonStructure document, String text) {
    if (json) {
      out.println(document);
    } else {
      out.print(printable(text, "\n\t"));
    }
    out.flush();
  }

  public void progress(String line) {
    err.println(printable(line));
  }

  /** A problem: what happened, whose fault it is, what to do; one JSON line with --json. */
  void problem(SkepException e) {
    Problem problem = e.problem();
    if (json) {
      err.println(problem.toJson());
      return;
    }
    err.println(colours.string("@|bold,red error:|@ ") + indented(problem.detail()));
    err.println("  " + problem.code() + ", fault: " + whose(e));
    if (problem.hint() != null) {
      err.println(colours.string("  @|bold next:|@ ") + printable(problem.hint()));
    }
  }

  private static String whose(SkepException e) {
    String whose =
        switch (e.fault()) {
          case CALLER -> "yours, in what was asked";
          case JOB -> "the job's program";
          case PROVIDER -> "the provider's machine";
          case PLATFORM -> "the queen or the way to her";
          case CHAIN -> "the chain";
        };
    return e.isRetryable() ? whose + " (a retry may help)" : whose;
  }

  /** A traceback keeps its lines, and none of them can pass for one of ours. */
  private static String indented(String text) {
    return printable(text.strip(), "\n\t").replace("\n", "\n    ");
  }

  /** Text of strangers must not steer the terminal. */
  private static String printable(String line) {
    return printable(line, "\t");
  }

  private static String printable(String text, String allowed) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c ->
                safe.appendCodePoint(
                    Character.isISOControl(c) && allowed.indexOf(c) < 0 ? '?' : c));
    return safe.toString();
  }
}
