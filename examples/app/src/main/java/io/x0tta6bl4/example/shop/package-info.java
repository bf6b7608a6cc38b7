/** Puts the shop together: {@link io.x0tta6bl4.example.shop.Shop}. */
@NullMarked
package io.x0tta6bl4.example.shop;

import org.jspecify.annotations.NullMarked;
