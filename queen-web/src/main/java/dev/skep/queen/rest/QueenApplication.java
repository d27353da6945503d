package dev.skep.queen.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/**
 * The whole REST surface, at the root so that POOL_URL stays {@code {queen}/pools/{id}}. Faces and
 * static files keep exact servlet mappings in {@code web.xml}, which win over this one.
 */
@ApplicationPath("/")
public class QueenApplication extends Application {
  @Override
  public Map<String, Object> getProperties() {
    // A generated WADL would be a second, unreviewed description of the API.
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}
