/**
 * A small HTTP server on the JDK's own: {@link io.x0tta6bl4.example.web.Router} finds the
 * {@link io.x0tta6bl4.example.web.Handler} that makes a {@link io.x0tta6bl4.example.web.Response} of a
 * {@link io.x0tta6bl4.example.web.Request}.
 */
@NullMarked
package io.x0tta6bl4.example.web;

import org.jspecify.annotations.NullMarked;
