package dev.skep.queen.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.stream.StreamFrame;
import dev.skep.protocol.stream.StreamFrame.Kind;
import dev.skep.protocol.wire.WireLimits;
import dev.skep.queen.dispatch.Hearing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobRelayTest {
  private final JobId job = new JobId(Uuid7.system().next());
  private final JobRelay relay = new JobRelay(job, new JobRelays());
  private final Ear client = new Ear(true);

  /** Writes down what it hears. */
  private static final class Ear implements Audience {
    final List<String> heard = new ArrayList<>();
    final boolean wantsParts;
    boolean full;
    Runnable atPart = () -> {};

    Ear(boolean wantsParts) {
      this.wantsParts = wantsParts;
    }

    @Override
    public void part(byte[] json) {
      atPart.run();
      heard.add(new String(json, StandardCharsets.UTF_8));
    }

    @Override
    public void restart(int from) {
      heard.add("restart " + from);
    }

    @Override
    public void progress(byte[] json) {
      heard.add("progress");
    }

    @Override
    public void log(int attempt, String text) {
      heard.add(attempt + ":" + text);
    }

    @Override
    public boolean wantsParts() {
      return wantsParts;
    }

    @Override
    public boolean hasRoom() {
      return !full;
    }
  }

  /** An attempt that speaks; counts how often it is asked to go on. */
  private final class Mouth implements Speaker {
    final AttemptRef attempt;
    int pulls;

    Mouth(int number) {
      attempt = new AttemptRef(job, number);
      relay.speaks(this, attempt, Hearing.PARTS);
    }

    Mouth parts(String... parts) {
      for (String part : parts) {
        say(Kind.PART, part);
      }
      return this;
    }

    void say(Kind kind, String body) {
      relay.hear(attempt, this, new StreamFrame(kind, body.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void pull() {
      pulls++;
    }
  }

  @Test
  void shouldPassPartsOnInOrder() {
    relay.listens(client);
    new Mouth(1).parts("1", "2");
    assertThat(client.heard).containsExactly("1", "2");
  }

  @Test
  void shouldHearTheFirstThatSpeaksOnly() {
    relay.listens(client);
    Mouth second = new Mouth(2);
    new Mouth(1).parts("a");
    second.parts("b");
    assertThat(client.heard).containsExactly("b");
  }

  @Test
  void shouldNotRepeatWhatTheNextAttemptSaysAlike() {
    relay.listens(client);
    Mouth first = new Mouth(1).parts("1", "2");
    relay.silent(first, false);
    new Mouth(2).parts("1", "2", "3");
    assertThat(client.heard).containsExactly("1", "2", "3");
  }

  @Test
  void shouldSayFromWhereTheNextAttemptDiffers() {
    relay.listens(client);
    Mouth first = new Mouth(1).parts("1", "2", "3");
    relay.silent(first, false);
    new Mouth(2).parts("1", "x", "3");
    assertThat(client.heard).containsExactly("1", "2", "3", "restart 1", "x", "3");
  }

  @Test
  void shouldTakeBackWhatAShorterAttemptDidNotSay() {
    relay.listens(client);
    Mouth first = new Mouth(1).parts("1", "2", "3");
    relay.silent(first, false);
    relay.silent(new Mouth(2).parts("1"), true);
    assertThat(client.heard).containsExactly("1", "2", "3", "restart 1");
  }

  @Test
  void shouldHoldPartsBackUntilTheirClientIsThereAndHasRoom() {
    Mouth mouth = new Mouth(1);
    assertThat(relay.hasRoom()).as("nobody is there yet").isFalse();
    relay.listens(new Ear(false));
    assertThat(relay.hasRoom()).as("a follower of the log is not who parts wait for").isFalse();
    relay.listens(client);
    assertThat(mouth.pulls).isPositive();
    assertThat(relay.hasRoom()).isTrue();
    client.full = true;
    assertThat(relay.hasRoom()).isFalse();
    int before = mouth.pulls;
    relay.leaves(client);
    assertThat(mouth.pulls).as("nothing hangs on a client that went").isGreaterThan(before);
    assertThat(relay.hasRoom()).isTrue();
  }

  @Test
  void shouldLetAClientGoWhoseEndIsFoundWhileItIsTold() {
    Ear other = new Ear(true);
    relay.listens(client);
    relay.listens(other);
    client.atPart = () -> relay.leaves(client);
    new Mouth(1).parts("1", "2");
    assertThat(client.heard).containsExactly("1");
    assertThat(other.heard).containsExactly("1", "2");
  }

  @Test
  void shouldTellALateFollowerTheLogSoFar() {
    new Mouth(1).say(Kind.LOG, "early ");
    Ear late = new Ear(false);
    relay.listens(late);
    assertThat(late.heard).containsExactly("1:early ");
  }

  @Test
  void shouldTellNoMoreLogThanIsKept() {
    relay.listens(client);
    Mouth mouth = new Mouth(1);
    for (int i = 0; i < 10; i++) {
      mouth.say(Kind.LOG, "x".repeat(10_000));
    }
    assertThat(client.heard.stream().mapToInt(String::length).sum()).isLessThan(66_000);
  }

  @Test
  void shouldRefusePartsThatWouldForgeEvents() {
    relay.listens(client);
    Mouth mouth = new Mouth(1);
    assertThatThrownBy(() -> mouth.parts("1\n\nevent: result\ndata: 2"))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("stream-malformed"));
    assertThat(client.heard).isEmpty();
  }

  @Test
  void shouldRefuseMorePartsThanAResultCanHold() {
    Mouth endless = new Mouth(1);
    for (int i = 0; i < WireLimits.MAX_OUTPUT / 2; i++) {
      endless.parts("1");
    }
    assertThatThrownBy(() -> endless.parts("1")).hasMessageContaining("more parts than a result");
  }

  @Test
  void shouldWaitForTheLastPartOfTheAttemptThatSpeaks() {
    List<String> done = new ArrayList<>();
    relay.whenSilent(() -> done.add("none spoke"));
    Mouth mouth = new Mouth(1);
    relay.whenSilent(() -> done.add("all said"));
    assertThat(done).containsExactly("none spoke");
    relay.silent(mouth, true);
    assertThat(done).containsExactly("none spoke", "all said");
  }
}
