package dev.skep.provider.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.provider.image.ImageEngine;
import dev.skep.provider.runtime.RuntimeProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the Docker Engine that turns its failures into ours. It recovers by itself when
 * the engine does.
 */
final class DockerEngine implements ImageEngine, AutoCloseable {
  /** What the engine says, with any status, when a registry answered that it has no such image. */
  private static final Pattern NONE =
      Pattern.compile(
          "(manifest|name) unknown|repository does not exist|pull access denied",
          Pattern.CASE_INSENSITIVE);

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  // Starting a container takes a third of a second on an idle machine, and half a minute on a
  // drowned one.
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(2);
  private static final int CONNECTIONS = 64;
  private static final long PULL_MINUTES = 15;

  private final DockerClient client;
  private final DockerClient patient;

  private DockerEngine(DockerClient client, DockerClient patient) {
    this.client = client;
    this.patient = patient;
  }

  /**
   * The engine at that address, or the one that {@code DOCKER_HOST} names. Does not connect yet.
   */
  static DockerEngine at(@Nullable URI host) {
    var builder = DefaultDockerClientConfig.createDefaultConfigBuilder();
    DockerClientConfig config =
        host == null ? builder.build() : builder.withDockerHost(host.toString()).build();
    return new DockerEngine(client(config, ANSWER_LIMIT), client(config, Duration.ZERO));
  }

  private static DockerClient client(DockerClientConfig config, Duration answerLimit) {
    var http =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .sslConfig(config.getSSLConfig())
            .maxConnections(CONNECTIONS)
            .connectionTimeout(CONNECT_LIMIT)
            .responseTimeout(answerLimit)
            .build();
    return DockerClientImpl.getInstance(config, http);
  }

  /**
   * One call to the engine.
   *
   * @throws SkepException {@code runtime-unavailable} when the engine does not answer or refuses
   */
  <T extends @Nullable Object> T call(Function<DockerClient, T> command) {
    return call(client, command);
  }

  /** The same for a connection that may be silent for as long as there are no jobs. */
  <T extends @Nullable Object> T attach(Function<DockerClient, T> command) {
    return call(patient, command);
  }

  private static <T extends @Nullable Object> T call(
      DockerClient client, Function<DockerClient, T> command) {
    try {
      return command.apply(client);
    } catch (NotFoundException | ConflictException e) {
      throw e; // the caller asked for something by name and knows what its absence or state means
    } catch (DockerException e) {
      throw RuntimeProblem.RUNTIME_UNAVAILABLE
          .because("the Docker Engine refused: " + e.getMessage())
          .causedBy(e);
    } catch (DockerClientException e) {
      throw RuntimeProblem.RUNTIME_UNAVAILABLE
          .because("the Docker Engine failed: " + e.getMessage())
          .causedBy(e);
    } catch (RuntimeException e) {
      // docker-java wraps every lost connection in a plain RuntimeException.
      throw RuntimeProblem.RUNTIME_UNAVAILABLE
          .because("the Docker Engine does not answer: " + rootOf(e))
          .causedBy(e);
    }
  }

  private static String rootOf(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName()
        + (root.getMessage() == null ? "" : " " + root.getMessage());
  }

  @Override
  public Optional<Image> find(String reference) {
    try {
      InspectImageResponse found = call(docker -> docker.inspectImageCmd(reference).exec());
      return Optional.of(new Image(text(found.getId()), digests(found), labels(found)));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  private static Set<String> digests(InspectImageResponse image) {
    var digests = image.getRepoDigests();
    return digests == null ? Set.of() : Set.copyOf(digests);
  }

  private static Map<String, String> labels(InspectImageResponse image) {
    var config = image.getConfig();
    Map<String, String> labels = config == null ? null : config.getLabels();
    return labels == null ? Map.of() : Map.copyOf(labels);
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  @Override
  public void pull(String reference) {
    try {
      boolean done =
          client
              .pullImageCmd(reference)
              .exec(new PullImageResultCallback())
              .awaitCompletion(PULL_MINUTES, TimeUnit.MINUTES);
      if (!done) {
        throw pullFailed(reference, "it took over " + PULL_MINUTES + " minutes");
      }
    } catch (NotFoundException e) {
      throw notFound(reference, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw pullFailed(reference, "it was interrupted").causedBy(e);
    } catch (SkepException e) {
      throw e;
    } catch (RuntimeException e) {
      String why = rootOf(e);
      throw NONE.matcher(why).find()
          ? notFound(reference, e)
          : pullFailed(reference, why).causedBy(e);
    }
  }

  private static SkepException notFound(String reference, RuntimeException e) {
    return SkepException.of("image-not-found", 422)
        .fault(Fault.CALLER)
        .because("the registry has no " + reference)
        .hint("Check the name and the digest in the pool's configuration.")
        .causedBy(e);
  }

  private static SkepException pullFailed(String reference, String why) {
    return SkepException.of("image-pull-failed", 503)
        .fault(Fault.PROVIDER)
        .because("could not pull " + reference + ": " + why)
        .hint("Check the provider's connection to the registry.");
  }

  @Override
  public void close() {
    try {
      client.close();
      patient.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
