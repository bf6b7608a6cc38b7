package io.x0tta6bl4.payment.tron.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param rows what could be read
 * @param unreadable one sentence for each row that could not
 * @param fingerprint where the next page begins; {@code null} on the last page
 * @param <T> a row
 */
record Page<T>(List<T> rows, List<String> unreadable, @Nullable String fingerprint) {}
