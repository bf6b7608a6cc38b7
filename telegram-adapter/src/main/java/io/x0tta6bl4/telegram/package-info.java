/**
 * A bot that shows buyers how to pay and tells them what becomes of their payment.
 *
 * <p>Start with {@link io.x0tta6bl4.telegram.BuyerBot}, which needs a {@link io.x0tta6bl4.telegram.BotApi}, an
 * {@link io.x0tta6bl4.telegram.UpdateStore}, {@link io.x0tta6bl4.telegram.OrderLinks} and the shop's
 * {@link io.x0tta6bl4.payment.watch.PaymentDesk}. Updates come in by a {@link io.x0tta6bl4.telegram.WebhookHandler} (in a server
 * of the host's, or in the {@link io.x0tta6bl4.telegram.WebhookServer}) or by {@link io.x0tta6bl4.telegram.LongPolling}.
 *
 * {@snippet class="io.x0tta6bl4.telegram.ReadmeExampleTest" region="bot"}
 */
@NullMarked
package io.x0tta6bl4.telegram;

import org.jspecify.annotations.NullMarked;
