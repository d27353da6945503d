package dev.skep.persistence.mapping;

import dev.skep.protocol.wallet.WalletAddress;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/** Addresses as the lower-case text they are written in. */
@Converter(autoApply = true)
public class WalletAddressConverter implements AttributeConverter<WalletAddress, String> {
  @Override
  public @Nullable String convertToDatabaseColumn(@Nullable WalletAddress value) {
    return value == null ? null : value.toString();
  }

  @Override
  public @Nullable WalletAddress convertToEntityAttribute(@Nullable String column) {
    return column == null ? null : new WalletAddress(column);
  }
}
