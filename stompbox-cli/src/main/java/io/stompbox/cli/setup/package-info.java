/** The verbs that set the command up for its user: contexts, completion, manual pages, start. */
@NullMarked
package io.stompbox.cli.setup;

import org.jspecify.annotations.NullMarked;
