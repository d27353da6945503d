package dev.skep.provider.update;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skep.protocol.release.ReleaseManifest;
import dev.skep.protocol.release.Version;
import dev.skep.provider.queen.QueenApi;
import dev.skep.provider.queen.QueenUrl;
import jakarta.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A queen that offers releases: jars that say what they are, or something else, and then end. */
final class FakeRelease implements AutoCloseable {
  private final HttpServer server;
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private KeyPair key = newKey();
  private byte[] jar = new byte[0];
  private String manifest = "";
  private byte[] sent = new byte[0];
  private boolean altered;

  FakeRelease() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    server.createContext(ReleaseOffer.PATH, this::release);
    server.createContext("/api/connector/download", this::download);
    server.start();
  }

  QueenApi queen() {
    int port = server.getAddress().getPort();
    return QueenApi.of(QueenUrl.parse("http://localhost:" + port), null);
  }

  static KeyPair newKey() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  void changeKey() {
    key = newKey();
  }

  /** Offers a version whose jar's program says the right words. */
  ReleaseManifest offer(String version) throws IOException {
    return offer(version, "");
  }

  /** Offers a jar whose program says these words; empty for the right ones. */
  ReleaseManifest offer(String version, String words) throws IOException {
    jar = VersionProgram.jar(version, words);
    sent = jar;
    ReleaseManifest release =
        new ReleaseManifest(Version.parse(version), 1, sha256(jar), jar.length);
    manifest = release.text();
    return release;
  }

  /** What is sent is not what was signed. */
  void spoil() {
    sent = jar.clone();
    sent[sent.length / 2] ^= 1;
  }

  byte[] jar() {
    return jar;
  }

  List<String> ranges() {
    return ranges;
  }

  /** What is offered from now on is not what was signed. */
  void alterManifest() {
    altered = true;
  }

  private void release(HttpExchange request) throws IOException {
    String body =
        Json.createObjectBuilder()
            .add("manifest", altered ? manifest.replace("version ", "version 9") : manifest)
            .add("signature", sign(manifest))
            .add("publicKey", Base64.getEncoder().encodeToString(key.getPublic().getEncoded()))
            .build()
            .toString();
    answer(request, 200, body.getBytes(StandardCharsets.UTF_8));
  }

  private void download(HttpExchange request) throws IOException {
    String range = request.getRequestHeaders().getFirst("Range");
    if (range == null) {
      answer(request, 200, sent);
      return;
    }
    ranges.add(range);
    int from = Integer.parseInt(range.replaceAll("\\D", ""));
    answer(request, 206, Arrays.copyOfRange(sent, from, sent.length));
  }

  private static void answer(HttpExchange request, int status, byte[] body) throws IOException {
    request.sendResponseHeaders(status, body.length);
    request.getResponseBody().write(body);
    request.close();
  }

  private String sign(String text) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key.getPrivate());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
