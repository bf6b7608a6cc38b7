/**
 * How {@code serve} is configured: each {@link io.x0tta6bl4.example.settings.Setting} is an environment variable or a line of a
 * file, and {@link io.x0tta6bl4.example.settings.SettingsReader} makes {@link io.x0tta6bl4.example.settings.Settings} of them.
 */
@NullMarked
package io.x0tta6bl4.example.settings;

import org.jspecify.annotations.NullMarked;
