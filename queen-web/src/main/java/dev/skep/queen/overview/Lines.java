package dev.skep.queen.overview;

import org.jspecify.annotations.Nullable;

/** The rows of the three tables, as text; Faces reads them by their getters and escapes each. */
public final class Lines {
  private Lines() {}

  /** A state in words, and the style class that colours it. */
  public record State(String name, String style) {
    public String getName() {
      return name;
    }

    public String getStyle() {
      return style;
    }
  }

  /** A pool in one line. */
  public record PoolLine(
      String id,
      String name,
      State state,
      String inputs,
      String price,
      String slots,
      String slotWords,
      String deposited,
      String spent,
      String owner) {
    public String getId() {
      return id;
    }

    public String getName() {
      return name;
    }

    public State getState() {
      return state;
    }

    /** How far a finite pool has come; empty for an open one. */
    public String getInputs() {
      return inputs;
    }

    public String getPrice() {
      return price;
    }

    public String getSlots() {
      return slots;
    }

    public String getSlotWords() {
      return slotWords;
    }

    public String getDeposited() {
      return deposited;
    }

    public String getSpent() {
      return spent;
    }

    public String getOwner() {
      return owner;
    }

    public String getOwnerShort() {
      return Shown.brief(owner);
    }
  }

  /** A job in one line. */
  public record JobLine(
      String pool, String poolName, State state, int attempts, String created, String took) {
    public String getPool() {
      return pool;
    }

    public String getPoolName() {
      return poolName;
    }

    public State getState() {
      return state;
    }

    public int getAttempts() {
      return attempts;
    }

    public String getCreated() {
      return created;
    }

    public String getTook() {
      return took;
    }
  }

  /** A block in one line. */
  public record BlockLine(
      long number, String hash, int receipts, State state, String sealed, @Nullable String tx) {
    public long getNumber() {
      return number;
    }

    public String getHash() {
      return hash;
    }

    public String getHashShort() {
      return Shown.brief(hash);
    }

    public int getReceipts() {
      return receipts;
    }

    public State getState() {
      return state;
    }

    public String getSealed() {
      return sealed;
    }

    public String getTx() {
      return tx == null ? "" : tx;
    }

    public String getTxShort() {
      return tx == null ? "" : Shown.brief(tx);
    }
  }
}
