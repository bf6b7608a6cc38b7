package io.x0tta6bl4.payment.tron.internal;

import io.x0tta6bl4.payment.http.JsonValue;

/**
 * The newest block that a node has, or has solidified: the answer of {@code getnowblock}.
 *
 * @param blockTime {@code block_header.raw_data.timestamp} in milliseconds
 */
record Head(long blockTime) {

  static Head read(JsonValue root) {
    JsonValue time = root.at("block_header").at("raw_data").at("timestamp");
    if (!BlockTimes.isPlausible(time.longNumber())) {
      throw time.unexpected("the time of a block in milliseconds");
    }
    return new Head(time.longNumber());
  }
}
