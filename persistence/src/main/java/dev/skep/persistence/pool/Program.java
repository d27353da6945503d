package dev.skep.persistence.pool;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What a pool runs, and the name it is listed under. */
@Embeddable
public class Program {
  @Column(nullable = false, updatable = false)
  private String name;

  @Column(nullable = false, updatable = false)
  private String template;

  @Column(name = "program", nullable = false, updatable = false)
  private byte[] source;

  @Column(name = "program_sha256", nullable = false, updatable = false)
  private byte[] sha256;

  @SuppressWarnings("NullAway.Init")
  protected Program() {}

  public Program(String name, String template, byte[] source) {
    this.name = name;
    this.template = template;
    this.source = source.clone();
    this.sha256 = hash(source);
  }

  public String name() {
    return name;
  }

  public String template() {
    return template;
  }

  public byte[] source() {
    return source.clone();
  }

  public byte[] sha256() {
    return sha256.clone();
  }

  private static byte[] hash(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
