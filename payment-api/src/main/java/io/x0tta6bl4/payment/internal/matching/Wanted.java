package io.x0tta6bl4.payment.internal.matching;

import io.x0tta6bl4.payment.PaymentRequest;

/**
 * A request whose recipient is in the chain's canonical spelling.
 *
 * @param request the request
 * @param recipient its recipient as transfers spell it
 */
public record Wanted(PaymentRequest request, String recipient) {}
