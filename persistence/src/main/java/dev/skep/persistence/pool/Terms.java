package dev.skep.persistence.pool;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;

/**
 * What an owner offers and asks: the whole spec as JSON, and beside it the columns that SQL reads.
 */
@Embeddable
public class Terms {
  @Column(nullable = false, updatable = false)
  private String spec;

  @Embedded private Seats seats;
  @Embedded private Price price;
  @Embedded private Agreement agreement;

  @SuppressWarnings("NullAway.Init")
  protected Terms() {}

  public Terms(String spec, Seats seats, Price price, Agreement agreement) {
    this.spec = spec;
    this.seats = seats;
    this.price = price;
    this.agreement = agreement;
  }

  public String spec() {
    return spec;
  }

  public Seats seats() {
    return seats;
  }

  public Price price() {
    return price;
  }

  public Agreement agreement() {
    return agreement;
  }
}
