package dev.skep.chain.fake;

/** A contract of the fake refuses; the message is the error's signature as in the ABI. */
final class FakeRevert extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FakeRevert(String error) {
    super(error);
  }

  static void unless(boolean condition, String error) {
    if (!condition) {
      throw new FakeRevert(error);
    }
  }
}
