package dev.skep.queen.stream;

import dev.skep.protocol.id.SessionId;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Made by the container for each upgraded connection; hands it to a {@link PlaneConnection}. */
public class PlaneHandler implements HttpUpgradeHandler {
  private @Nullable StreamPlanes planes;
  private @Nullable SessionId session;
  private @Nullable PlaneConnection plane;

  /** Called before the container calls {@link #init}. */
  void serve(StreamPlanes all, SessionId ofSession) {
    planes = all;
    session = ofSession;
  }

  @Override
  public void init(WebConnection connection) {
    StreamPlanes all = Objects.requireNonNull(planes);
    PlaneConnection opened = new PlaneConnection(Objects.requireNonNull(session), all, connection);
    plane = opened;
    try {
      opened.start();
    } catch (IOException e) {
      opened.close("it could not be started: " + e);
    }
  }

  @Override
  public void destroy() {
    PlaneConnection open = plane;
    if (open != null) {
      open.close("the connection is gone");
    }
  }
}
