package dev.skep.provider.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.pool.NetworkPolicy;
import dev.skep.provider.network.Egress;
import dev.skep.provider.network.EgressFiles;
import dev.skep.provider.worker.SlotFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A small container that owns the network namespace of one slot and its firewall. The job joins the
 * namespace without any right to change it; when the guard dies the namespace loses its way out,
 * and the rules stay.
 */
final class Guard implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final DockerEngine engine;
  private final Removals removals;
  private final String containerId;
  private final SlotFolder folder;
  private final NetworkPolicy pool;
  private volatile Egress egress;
  private volatile boolean closed;
  private volatile Runnable lost = () -> {};

  Guard(Parts parts, String containerId, NetworkPolicy pool, Egress egress) {
    this.engine = parts.engine();
    this.removals = parts.removals();
    this.folder = parts.folder();
    this.containerId = containerId;
    this.pool = pool;
    this.egress = egress;
  }

  record Parts(DockerEngine engine, Removals removals, SlotFolder folder) {}

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

  /** Writes what nft and the job's resolver read. */
  static void write(SlotFolder folder, Egress egress) throws IOException {
    folder.write(folder.network().resolve("rules.nft"), utf8(EgressFiles.rules(egress)));
    folder.write(folder.network().resolve("hosts"), utf8(EgressFiles.hosts(egress)));
    folder.write(folder.network().resolve("resolv.conf"), utf8(EgressFiles.RESOLVER));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The names now mean this; what is connected already stays connected. */
  void change(Egress fresh) throws IOException {
    if (!fresh.equals(egress)) {
      write(folder, fresh);
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
    StringBuffer said = new StringBuffer();
    Long status = engine.call(docker -> exec(docker, said));
    if (status == null || status != 0) {
      throw failed("nft ended with status " + status + ": " + said.toString().strip());
    }
  }

  private @Nullable Long exec(com.github.dockerjava.api.DockerClient docker, StringBuffer said) {
    String exec =
        docker
            .execCreateCmd(containerId)
            .withCmd("/usr/sbin/nft", "-f", "/guard/rules.nft")
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
    closed = true;
    removals.remove(containerId);
  }
}
