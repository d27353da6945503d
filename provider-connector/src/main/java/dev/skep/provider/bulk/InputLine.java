package dev.skep.provider.bulk;

import java.util.HexFormat;

/**
 * One line of the inputs.
 *
 * @param number from 1
 * @param text without its line feed; cut off when it was longer than may be sent
 * @param sha256 of the text
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on the hot path, never compared as a value
public record InputLine(long number, byte[] text, byte[] sha256) {
  /**
   * The key of this line's job in a run: the same line of the same run is the same job, whoever
   * sends it how often; a line that was changed is another job.
   *
   * @param tries how often its job failed by nobody's fault of ours and was started anew
   */
  String key(String run, int tries) {
    String key = run + ":" + number + ":" + HexFormat.of().formatHex(sha256, 0, 8);
    return tries == 0 ? key : key + ":" + tries;
  }
}
