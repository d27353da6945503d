package dev.skep.chain.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerKeysTest {
  @TempDir Path folder;

  @Test
  void shouldGiveEachRoleAKeyOfItsOwn() {
    ServerKeys keys = ServerKeys.of(WalletTest.MNEMONIC, ServerKeys.LOCAL_CHAIN);
    assertThat(Arrays.stream(KeyRole.values()).map(role -> keys.wallet(role).address()))
        .doesNotHaveDuplicates();
    assertThat(keys.wallet(KeyRole.RELAY).address())
        .isEqualTo(Wallet.fromMnemonic(WalletTest.MNEMONIC, 9).address());
  }

  @Test
  void shouldRefuseTheMnemonicEverybodyKnowsOnAPublicChain() {
    String untidy = " " + WalletTest.MNEMONIC.replace(" ", "  ").toUpperCase(Locale.ROOT);
    assertThatThrownBy(() -> ServerKeys.of(untidy, 1135))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("keys-public"));
  }

  @Test
  void shouldReadAFileThatOnlyItsOwnerCanRead() throws IOException {
    Path file = Files.writeString(folder.resolve("keys"), WalletTest.MNEMONIC + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(ServerKeys.read(file, 31337).wallet(KeyRole.KING).address())
        .hasToString("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
  }

  @Test
  void shouldRefuseAFileThatOthersCanRead() throws IOException {
    Path file = Files.writeString(folder.resolve("keys"), WalletTest.MNEMONIC);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> ServerKeys.read(file, 31337))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("keys-unreadable"));
    assertThatThrownBy(() -> ServerKeys.read(folder.resolve("none"), 31337))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("keys-unreadable"));
  }
}
