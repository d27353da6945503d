package dev.skep.queen.pool;

import dev.skep.protocol.pool.JobVariables;
import dev.skep.queen.rest.JsonBody;
import dev.skep.queen.rest.Members;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A pool as its owner asked for it, checked.
 *
 * @param program the source that every slot runs, UTF-8
 * @param secrets their values; the spec has their names only
 */
public record NewPool(
    String name, String template, byte[] program, PoolSpec spec, JobVariables secrets) {
  static final int MOST_PROGRAM_BYTES = 256 * 1024;

  /** Control characters, and the marks that turn the reading direction and so can fake a name. */
  private static final Pattern HOSTILE =
      Pattern.compile("[\\p{Cntrl}\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

  private static final Set<String> TEMPLATES = Set.of("custom");

  /** Throws every finding at once as {@code request-invalid}. */
  static NewPool read(byte[] body, boolean developmentChain) {
    Members members =
        Members.of(JsonBody.object(body), "name", "template", "program", "spec", "secrets");
    NewPool pool =
        new NewPool(
            name(members),
            template(members),
            program(members),
            new PoolSpecForm(members.object("spec", PoolSpecForm.KEYS), developmentChain).read(),
            JobForm.secrets(members));
    checkSecrets(members, pool);
    members.check();
    return pool;
  }

  private static void checkSecrets(Members members, NewPool pool) {
    if (!pool.secrets().values().keySet().equals(Set.copyOf(pool.spec().job().secrets()))) {
      members.wrong("secrets", "must have a value for each name in spec/secrets, and no other");
    }
  }

  private static String name(Members members) {
    String name = members.text("name", 1, 200);
    if (HOSTILE.matcher(name).find() || (!name.isEmpty() && name.isBlank())) {
      members.wrong("name", "must be visible text without control or direction characters");
    }
    return name.strip();
  }

  private static String template(Members members) {
    String template = members.text("template", 1, 20);
    if (!TEMPLATES.contains(template)) {
      members.wrong("template", "must be custom; gpu, proxy and storage are not offered yet");
    }
    return template;
  }

  private static byte[] program(Members members) {
    String text = members.text("program", 1, MOST_PROGRAM_BYTES * 4 / 3 + 4);
    try {
      byte[] program = Base64.getDecoder().decode(text);
      check(program, members);
      return program;
    } catch (IllegalArgumentException e) {
      members.wrong("program", "must be base64");
      return new byte[0];
    }
  }

  private static void check(byte[] program, Members members) {
    if (program.length > MOST_PROGRAM_BYTES) {
      members.wrong("program", "must have at most " + MOST_PROGRAM_BYTES + " bytes");
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(program));
    } catch (CharacterCodingException e) {
      members.wrong("program", "must be UTF-8 text");
    }
  }

  @Override
  public byte[] program() {
    return program;
  }
}
