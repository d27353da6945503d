package dev.skep.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.SkepException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class PrinterTest {
  private static final String ESCAPE = "\u001b[";
  private static final SkepException PROBLEM =
      SkepException.of("pool-full", 409).because("it is \u001b[2J full").hint("join another");

  @Test
  void shouldColourProblemsOnATerminalOnly() {
    assertThat(printed(Ansi.ON)).contains(ESCAPE).contains("error:", "next:");
    assertThat(printed(Ansi.OFF)).doesNotContain(ESCAPE).contains("error: it is ?[2J full");
    assertThat(printed(Ansi.AUTO)).as("a test has no terminal").isEqualTo(printed(Ansi.OFF));
  }

  @Test
  void shouldNotLetStrangersTextSteerTheTerminal() {
    assertThat(printed(Ansi.ON)).doesNotContain(ESCAPE + "2J");
  }

  @Test
  void shouldKeepTheLinesOfATracebackAndIndentThemSoThatTheyForgeNothing() {
    SkepException threw =
        SkepException.of("job-threw", 422).because("it threw\n  File x\nnext: y\n");
    assertThat(printed(Ansi.OFF, threw))
        .contains("error: it threw\n      File x\n    next: y\n  job-");
  }

  private static String printed(Ansi colours) {
    return printed(colours, PROBLEM);
  }

  private static String printed(Ansi colours, SkepException problem) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    new Printer(stream, stream, false, colours).problem(problem);
    return err.toString(StandardCharsets.UTF_8);
  }
}
