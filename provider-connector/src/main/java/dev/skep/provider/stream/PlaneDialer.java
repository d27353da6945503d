package dev.skep.provider.stream;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Opens the connection that carries a plane; the only thing the rest knows of the transport. */
public interface PlaneDialer {

  /**
   * Connects, signs in with a session's password and leaves HTTP behind.
   *
   * @throws PlaneRefusedException the queen says no; another try with this password is useless
   * @throws IOException she is not there, for now
   */
  Wire dial(String password) throws IOException;

  /** Bytes both ways; closing ends a blocked read and a blocked write at once. */
  record Wire(InputStream input, OutputStream output, Closeable connection) {}
}
