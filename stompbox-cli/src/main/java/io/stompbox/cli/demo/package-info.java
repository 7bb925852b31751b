/** The demo: the main job on an embedded broker, with counts. */
@NullMarked
package io.stompbox.cli.demo;

import org.jspecify.annotations.NullMarked;
