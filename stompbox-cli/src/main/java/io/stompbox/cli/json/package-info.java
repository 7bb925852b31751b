/**
 * JSON as commands write and read it, an object a line: {@link FrameJson} for frames as they cross
 * the wire, {@link MessageJson} for messages as people think of them, {@link JsonLine} for whatever
 * else is told to a program. {@link JsonSource} reads objects one after the other.
 *
 * <p>The names of members are part of what scripts rely on: they never change, and what is not
 * known is left out rather than null.
 */
@NullMarked
package io.stompbox.cli.json;

import org.jspecify.annotations.NullMarked;
