package dev.skep.provider.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.provider.cli.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BulkRunTest {
  private static final PoolId POOL = PoolId.parse("019b76da-a800-7602-91b3-ca5d5a171600");
  private static final RunTale SILENT =
      new RunTale() {
        @Override
        public void written(RunMark at) {}

        @Override
        public void waiting(SkepException why) {}
      };

  @TempDir Path folder;

  @Test
  void shouldWriteEveryAnswerOnceInOrderWhenConnectionsBreak() throws Exception {
    FakeBulkQueen queen = new FakeBulkQueen(7, 0.02);
    RunMark end = run(queen, numbers(300), 16);
    assertThat(Files.readString(output())).isEqualTo(answers(300));
    assertThat(end.cost()).isEqualTo(FakeBulkQueen.PRICE.times(300));
    assertThat(queen.paid).hasSize(300);
    assertThat(RunJournal.beside(output())).doesNotExist();
  }

  @Test
  void shouldGoOnWhereItStoodWithTheSameKeysAfterItDied() throws Exception {
    FakeBulkQueen queen = new FakeBulkQueen(7, 0);
    String all = numbers(50) + "\"closed\"\n" + numbers(50);
    assertThatThrownBy(() -> run(queen, all, 4)).hasMessageContaining("pool-not-open");
    Files.writeString(RunOutput.part(output()), "torn", java.nio.file.StandardOpenOption.APPEND);
    Files.writeString(
        RunJournal.beside(output()), "0000 torn", java.nio.file.StandardOpenOption.APPEND);

    String mended = all.replace("\"closed\"", "50");
    run(queen, mended, 4);
    assertThat(Files.readString(output()).lines().toList())
        .isEqualTo(mended.lines().map(line -> "[" + line + "]").toList());
    assertThat(queen.paid).hasSize(101);
  }

  @Test
  void shouldRefuseToGoOnWithOtherInputs() throws Exception {
    FakeBulkQueen queen = new FakeBulkQueen(7, 0);
    assertThatThrownBy(() -> run(queen, numbers(50) + "\"closed\"\n", 1));
    assertThatThrownBy(() -> run(queen, "7\n" + numbers(60), 1))
        .hasMessageContaining("are not those the run began with");
    assertThatThrownBy(() -> run(queen, "0\n", 1)).hasMessageContaining("they have 1 lines");
  }

  @Test
  void shouldRefuseADamagedJournalAndOneOfAnotherPool() throws Exception {
    FakeBulkQueen queen = new FakeBulkQueen(7, 0);
    assertThatThrownBy(() -> run(queen, numbers(5) + "\"closed\"\n", 1));
    PoolId other = PoolId.parse("019b76da-a800-7602-91b3-ca5d5a171601");
    Path journal = RunJournal.beside(output());
    assertThatThrownBy(() -> RunJournal.open(journal, other, null, "x"))
        .hasMessageContaining("belongs to pool");
    Files.writeString(journal, Files.readString(journal).replace("\"lines\":", "\"linez\":"));
    assertThatThrownBy(() -> run(queen, numbers(5), 1)).hasMessageContaining("damaged");
  }

  @Test
  void shouldWriteAFailedLinesProblemAndStartJobsAnewThatOthersFailed() throws Exception {
    FakeBulkQueen queen = new FakeBulkQueen(7, 0);
    RunMark end = run(queen, "1\n\"throws\"\nnot json\n\"unlucky\"\n\n2\n", 2);
    List<String> lines = Files.readAllLines(output());
    assertThat(lines.get(0)).isEqualTo("[1]");
    assertThat(lines.get(1)).contains("\"code\":\"job-threw\"", "\"job\":\"job-1\"");
    assertThat(lines.get(2)).contains("\"code\":\"input-malformed\"");
    assertThat(lines.get(3)).isEqualTo("[\"unlucky\"]");
    assertThat(lines.get(4)).contains("\"code\":\"input-malformed\"");
    assertThat(lines.get(5)).isEqualTo("[2]");
    assertThat(end.failed()).isEqualTo(3);
  }

  @Test
  void shouldAskAgainWhenAnAnswerNamesNoLineOfTheRequest() throws Exception {
    RunMark end = run(new FakeBulkQueen(7, 0), "1\n\"nameless\"\n", 1);

    assertThat(Files.readAllLines(output())).containsExactly("[1]", "[\"nameless\"]");
    assertThat(end.failed()).isZero();
  }

  @Test
  void shouldStopBeforeAFailedLineAndLoseNothingWhenAskedTo() throws Exception {
    FakeBulkQueen queen = new FakeBulkQueen(7, 0);
    RunPlan stop = new RunPlan("r", 1, 0, true, Duration.ZERO);
    String all = "1\n\"throws\"\n2\n";
    assertThatThrownBy(() -> run(queen, all, stop)).hasMessageContaining("line 2 failed");
    assertThat(Files.readString(RunOutput.part(output()))).isEqualTo("[1]\n");
    assertThat(run(queen, all, 1).failed()).isEqualTo(1);
  }

  @Test
  void shouldSayWhatItWaitedForWhenPatienceEnds() {
    FakeBulkQueen queen = new FakeBulkQueen(7, 0);
    RunPlan hasty = new RunPlan("r", 1, 0, false, Duration.ZERO);
    assertThatThrownBy(() -> run(queen, "\"poor\"\n", hasty))
        .isInstanceOfSatisfying(
            SkepException.class,
            e -> {
              assertThat(e.code()).isEqualTo("budget-exhausted");
              assertThat(ExitCode.of(e)).isEqualTo(ExitCode.REFUSED);
            });
  }

  @Test
  void shouldNotWorkOnARunThatAnotherHolds() {
    Path file = RunJournal.beside(output());
    RunJournal held = RunJournal.open(file, POOL, null, "r");
    assertThat(held.run()).isEqualTo("r");
    assertThatThrownBy(() -> RunJournal.open(file, POOL, null, "r"))
        .hasMessageContaining("at work on the run");
  }

  private RunMark run(BulkQueen queen, String inputs, int window)
      throws IOException, InterruptedException {
    return run(queen, inputs, new RunPlan("r", window, 3, false, Duration.ofMinutes(1)));
  }

  private RunMark run(BulkQueen queen, String inputs, RunPlan plan)
      throws IOException, InterruptedException {
    byte[] text = inputs.getBytes(StandardCharsets.UTF_8);
    try (RunJournal journal = RunJournal.open(RunJournal.beside(output()), POOL, null, "r");
        RunOutput to = RunOutput.to(output(), journal);
        InputLines lines = new InputLines(new ByteArrayInputStream(text))) {
      lines.skipTo(journal.begin());
      return new BulkRun(queen, plan, SILENT).run(lines, to);
    }
  }

  private Path output() {
    return folder.resolve("out.jsonl");
  }

  private static String numbers(int count) {
    List<String> lines = new ArrayList<>();
    IntStream.range(0, count).forEach(n -> lines.add(n + "\n"));
    return String.join("", lines);
  }

  private static String answers(int count) {
    return IntStream.range(0, count).mapToObj(n -> "[" + n + "]\n").collect(Collectors.joining());
  }
}
