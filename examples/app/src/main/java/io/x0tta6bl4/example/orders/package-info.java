/** Orders as shops and buyers see them: {@link io.x0tta6bl4.example.orders.OrderView}. */
@NullMarked
package io.x0tta6bl4.example.orders;

import org.jspecify.annotations.NullMarked;
