package dev.skep.provider.doctor;

import static dev.skep.provider.doctor.Doctor.fine;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.provider.home.OneConnector;
import dev.skep.provider.home.SkepHome;
import dev.skep.provider.runtime.Finding;
import java.util.List;

/** Whether a connector of this wallet runs here already; a second one would be refused. */
public record ConnectorCheck(SkepHome home, WalletAddress wallet) implements Check {

  @Override
  public List<Finding> look() {
    try (OneConnector only = OneConnector.of(home, wallet)) {
      return List.of(fine("connector-absent", "No connector of this wallet runs here yet."));
    } catch (SkepException e) {
      if (e.code().equals("connector-running")) {
        return List.of(fine("connector-running", "A connector of this wallet runs here."));
      }
      throw e;
    }
  }
}
