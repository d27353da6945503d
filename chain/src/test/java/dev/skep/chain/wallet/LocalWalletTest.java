package dev.skep.chain.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.WalletAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalWalletTest {
  @TempDir Path home;

  @Test
  void shouldTakeTheMnemonicWhenItHasWords() {
    Map<String, String> environment =
        Map.of("MNEMONIC", WalletTest.MNEMONIC, "SKEP_HOME", home.toString());
    assertThat(LocalWallet.open(environment).address())
        .hasToString("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
    assertThat(home.resolve("wallet.json")).doesNotExist();
  }

  @Test
  void shouldMakeAWalletOnFirstUseAndKeepItWhenTheMnemonicIsEmpty() {
    WalletAddress first = LocalWallet.open(environment(home.resolve("new"), "")).address();
    assertThat(LocalWallet.open(environment(home.resolve("new"), "")).address()).isEqualTo(first);
    assertThat(LocalWallet.open(environment(home.resolve("other"), "")).address())
        .isNotEqualTo(first);
  }

  @Test
  void shouldKeepTheFileToItsOwnerAndTheKeyOutOfIt() throws IOException {
    LocalWallet.open(environment(home.resolve("new"), ""));
    Path file = home.resolve("new/wallet.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    assertThat(Files.readString(file)).contains("ciphertext", "\"version\":3");
  }

  @Test
  void shouldNotOpenWithAnotherPassword() {
    LocalWallet.open(environment(home, "right"));
    assertThatThrownBy(() -> LocalWallet.open(environment(home, "wrong")))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("wallet-locked"));
  }

  @Test
  void shouldSayWhenTheFileIsBroken() throws IOException {
    Files.writeString(home.resolve("wallet.json"), "{\"version\":");
    assertThatThrownBy(() -> LocalWallet.open(environment(home, "")))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("wallet-unreadable"));
  }

  @Test
  void shouldMakeOneWalletWhenManyAskAtOnce() {
    Set<WalletAddress> seen = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 8)
        .parallel()
        .forEach(i -> seen.add(LocalWallet.open(environment(home, "")).address()));
    assertThat(seen).hasSize(1);
  }

  private static Map<String, String> environment(Path home, String password) {
    return Map.of("MNEMONIC", "", "SKEP_HOME", home.toString(), "SKEP_WALLET_PASSWORD", password);
  }
}
