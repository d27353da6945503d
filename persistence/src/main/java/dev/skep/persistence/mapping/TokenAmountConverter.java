package dev.skep.persistence.mapping;

import dev.skep.protocol.wallet.TokenAmount;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Amounts as {@code numeric(78, 0)}. */
@Converter(autoApply = true)
public class TokenAmountConverter implements AttributeConverter<TokenAmount, BigDecimal> {
  @Override
  public @Nullable BigDecimal convertToDatabaseColumn(@Nullable TokenAmount value) {
    return value == null ? null : new BigDecimal(value.value());
  }

  @Override
  public @Nullable TokenAmount convertToEntityAttribute(@Nullable BigDecimal column) {
    return column == null ? null : new TokenAmount(column.toBigIntegerExact());
  }
}
