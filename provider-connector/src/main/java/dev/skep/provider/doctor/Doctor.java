package dev.skep.provider.doctor;

import dev.skep.protocol.SkepException;
import dev.skep.provider.runtime.Finding;
import dev.skep.provider.runtime.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Runs checks in order; one that fails does not keep the others from being run. */
public final class Doctor {

  private final List<Check> checks;

  public Doctor(List<Check> checks) {
    this.checks = List.copyOf(checks);
  }

  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    checks.forEach(check -> findings.addAll(look(check)));
    return findings.stream().distinct().toList(); // several may meet the same obstacle
  }

  private static List<Finding> look(Check check) {
    try {
      return check.look();
    } catch (SkepException e) {
      String fix = e.hint() == null ? "See the message." : e.hint();
      return List.of(new Finding(Severity.BLOCKING, e.code(), "" + e.getMessage(), fix));
    }
  }

  static Finding fine(String code, String message) {
    return new Finding(Severity.INFO, code, message, Finding.NOTHING);
  }
}
