/**
 * Tells the merchant's program what happened: {@link io.x0tta6bl4.example.callback.MerchantCallback} posts, and
 * {@link io.x0tta6bl4.example.callback.CallbackSignature} signs and checks.
 */
@NullMarked
package io.x0tta6bl4.example.callback;

import org.jspecify.annotations.NullMarked;
