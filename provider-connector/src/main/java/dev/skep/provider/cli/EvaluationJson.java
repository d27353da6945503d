package dev.skep.provider.cli;

import dev.skep.provider.docker.EngineFacts;
import dev.skep.provider.hardware.Hardware;
import dev.skep.provider.hardware.PoolFit;
import dev.skep.provider.hardware.Speeds;
import dev.skep.provider.runtime.Finding;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** The JSON form of an evaluation; sizes in bytes. */
final class EvaluationJson {
  private EvaluationJson() {}

  static JsonObject of(Evaluate.Evaluation seen) {
    Hardware machine = seen.machine();
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("system", machine.system())
            .add("processor", processor(machine.processor()))
            .add(
                "memory",
                Json.createObjectBuilder()
                    .add("total", machine.memory().total())
                    .add("available", machine.memory().available()))
            .add("gpus", gpus(machine))
            .add("disks", disks(machine))
            .add("docker", docker(seen.docker()))
            .add("findings", findings(seen.findings()));
    seen.speeds().ifPresent(speeds -> json.add("speeds", speeds(speeds)));
    seen.pools().ifPresent(fits -> json.add("pools", fits(fits)));
    return json.build();
  }

  private static JsonObjectBuilder processor(Hardware.Processor processor) {
    return Json.createObjectBuilder()
        .add("model", processor.model())
        .add("cores", processor.cores())
        .add("threads", processor.threads())
        .add("maxGigahertz", processor.maxGigahertz());
  }

  private static JsonArrayBuilder gpus(Hardware machine) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (Hardware.Gpu gpu : machine.gpus()) {
      array.add(
          Json.createObjectBuilder()
              .add("name", gpu.name())
              .add("memory", gpu.memory())
              .add("driver", gpu.driver()));
    }
    return array;
  }

  private static JsonArrayBuilder disks(Hardware machine) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (Hardware.Disk disk : machine.disks()) {
      array.add(
          Json.createObjectBuilder()
              .add("mount", disk.mount())
              .add("type", disk.type())
              .add("total", disk.total())
              .add("free", disk.free()));
    }
    return array;
  }

  private static JsonObjectBuilder docker(EngineFacts docker) {
    return Json.createObjectBuilder()
        .add("present", docker.present())
        .add("version", docker.version())
        .add("rootless", docker.rootless())
        .add("userns", docker.userns());
  }

  private static JsonObjectBuilder speeds(Speeds speeds) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("gigaflops", speeds.gigaflops())
            .add("memoryBytesPerSecond", (long) speeds.memory())
            .add("diskWriteBytesPerSecond", (long) speeds.diskWrite())
            .add("diskReadBytesPerSecond", (long) speeds.diskRead());
    speeds
        .network()
        .ifPresent(
            way ->
                json.add("queenMillis", way.millis()).add("downBytesPerSecond", (long) way.down()));
    return json;
  }

  private static JsonArrayBuilder findings(List<Finding> findings) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    findings.forEach(
        finding ->
            array.add(
                Json.createObjectBuilder()
                    .add("severity", finding.severity().name())
                    .add("code", finding.code())
                    .add("message", finding.message())
                    .add("fix", finding.fix())));
    return array;
  }

  private static JsonArrayBuilder fits(List<PoolFit> fits) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (PoolFit fit : fits) {
      array.add(
          Json.createObjectBuilder()
              .add("poolId", fit.poolId())
              .add("name", fit.name())
              .add("pricePerJob", fit.pay().perJob().toString())
              .add("pricePerSecond", fit.pay().perSecond().toString())
              .add("earnsPerHour", fit.perHour().toString())
              .add("slots", fit.slots())
              .add("reason", fit.reason()));
    }
    return array;
  }
}
