/**
 * The shop against chains and a chat that are simulated in the process: {@link io.x0tta6bl4.example.demo.DemoCommand} plays a
 * {@link io.x0tta6bl4.example.demo.Scenario} in a {@link io.x0tta6bl4.example.demo.DemoWorld} and tells it.
 */
@NullMarked
package io.x0tta6bl4.example.demo;

import org.jspecify.annotations.NullMarked;
