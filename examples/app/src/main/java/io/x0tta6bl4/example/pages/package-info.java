/** What the buyer sees: {@link io.x0tta6bl4.example.pages.CheckoutPages}. */
@NullMarked
package io.x0tta6bl4.example.pages;

import org.jspecify.annotations.NullMarked;
