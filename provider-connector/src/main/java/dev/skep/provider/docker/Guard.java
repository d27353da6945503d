package dev.skep.provider.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.pool.NetworkPolicy;
import dev.skep.provider.network.DayBook;
import dev.skep.provider.network.Egress;
import dev.skep.provider.network.EgressFiles;
import dev.skep.provider.network.Meter;
import dev.skep.provider.worker.SlotFolder;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A small container that owns the network namespace of one slot and its firewall. The job joins the
 * namespace without any right to change it; when the guard dies the namespace loses its way out,
 * and the rules stay.
 */
final class Guard implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Guard.class.getName());
  private static final long PATIENCE_SECONDS = 60;
  private static final List<String> UNITS = List.of("", "k", "m", "g");
  private static final Pattern USED = Pattern.compile("used ([0-9]{1,18}) ([kmg]?)bytes");

  private final DockerEngine engine;
  private final Removals removals;
  private final String containerId;
  private final SlotFolder folder;
  private final DayBook today;
  private final SlotId slot;
  private final NetworkPolicy pool;
  private final Meter meter;
  private volatile Egress egress;
  private volatile boolean closed;
  private volatile Runnable lost = () -> {};

  Guard(Parts parts, String containerId, Task task) {
    this.engine = parts.engine();
    this.removals = parts.removals();
    this.folder = parts.folder();
    this.today = parts.today();
    this.containerId = containerId;
    this.slot = task.slot();
    this.pool = task.pool();
    this.meter = task.meter();
    this.egress = task.egress();
  }

  /** What all guards use, and the folder of this one's slot. */
  record Parts(DockerEngine engine, Removals removals, SlotFolder folder, DayBook today) {}

  /** Whose namespace, and what it opens how far. */
  record Task(SlotId slot, NetworkPolicy pool, Egress egress, Meter meter) {

    /** Writes what nft and the job's resolver read. */
    void write(SlotFolder folder, long used) throws IOException {
      Path network = folder.network();
      folder.write(network.resolve("rules.nft"), utf8(EgressFiles.rules(egress, meter, used)));
      folder.write(network.resolve("hosts"), utf8(EgressFiles.hosts(egress)));
      folder.write(network.resolve("resolv.conf"), utf8(EgressFiles.RESOLVER));
    }
  }

  String containerId() {
    return containerId;
  }

  NetworkPolicy pool() {
    return pool;
  }

  void whenLost(Runnable action) {
    lost = action;
  }

  boolean isClosed() {
    return closed;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The names now mean this; what is connected already stays connected. */
  void change(Egress fresh) throws IOException {
    if (!fresh.equals(egress)) {
      new Task(slot, pool, fresh, meter).write(folder, 0);
      load();
      egress = fresh;
    }
  }

  /**
   * Makes the rules of the folder those of the namespace, all or none.
   *
   * @throws SkepException {@code guard-failed} (PROVIDER, retryable)
   */
  void load() {
    nft("-f", "/guard/rules.nft");
  }

  /** Writes down what the slot used today, as far as the guard can still tell. */
  void readMeter() {
    try {
      Matcher used = USED.matcher(nft("list", "quota", "inet", "skep_meter", "daily"));
      if (used.find()) {
        today.note(slot, Long.parseLong(used.group(1)) << 10 * UNITS.indexOf(used.group(2)));
      }
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "guard {0} tells no use: {1}", containerId, e.getMessage());
    }
  }

  /**
   * Another day begins.
   *
   * @throws SkepException {@code guard-failed} (PROVIDER, retryable)
   */
  void resetMeter() {
    nft("reset", "quota", "inet", "skep_meter", "daily");
  }

  private String nft(String... words) {
    StringBuffer said = new StringBuffer();
    List<String> command = new ArrayList<>(List.of("/usr/sbin/nft"));
    command.addAll(List.of(words));
    Long status = engine.call(docker -> exec(docker, command, said));
    if (status == null || status != 0) {
      throw failed("nft ended with status " + status + ": " + said.toString().strip());
    }
    return said.toString();
  }

  private @Nullable Long exec(
      com.github.dockerjava.api.DockerClient docker, List<String> command, StringBuffer said) {
    String exec =
        docker
            .execCreateCmd(containerId)
            .withCmd(command.toArray(String[]::new))
            .withAttachStdout(true)
            .withAttachStderr(true)
            .exec()
            .getId();
    try {
      boolean ended =
          docker
              .execStartCmd(exec)
              .exec(
                  new ResultCallback.Adapter<Frame>() {
                    @Override
                    public void onNext(Frame frame) {
                      said.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                    }
                  })
              .awaitCompletion(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return ended ? docker.inspectExecCmd(exec).exec().getExitCodeLong() : null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("it was interrupted");
    }
  }

  static SkepException failed(String why) {
    return SkepException.of("guard-failed", 503)
        .fault(Fault.PROVIDER)
        .retryable(true)
        .because("the guard of the job's network could not be set up: " + why)
        .hint("skep doctor says whether this kernel has nftables and whether the image is here.");
  }

  /** Somebody else ended it. */
  void lost() {
    if (!closed) {
      lost.run();
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      readMeter();
    }
    removals.remove(containerId);
  }
}
