package dev.skep.provider.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NvidiaSmiTest {
  @Test
  void shouldReadEachProcessorAndSkipWhatItDoesNotKnow() {
    String text =
        """
        NVIDIA H200, 143771, 550.54.15
        NVIDIA GeForce RTX 3060, 12288, 535.183.01
        NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.
        Odd, [N/A], 1
        """;

    assertThat(NvidiaSmi.parse(text))
        .containsExactly(
            new Hardware.Gpu("NVIDIA H200", 143771L << 20, "550.54.15"),
            new Hardware.Gpu("NVIDIA GeForce RTX 3060", 12288L << 20, "535.183.01"));
  }
}
