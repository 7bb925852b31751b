/**
 * Pages of charts and tables in one file of HTML, which needs nothing beside it. Start at {@link
 * io.stompbox.cli.report.ReportPage}.
 *
 * <p>It knows nothing of what it shows. Text of any origin may be given to it: it is shown, never
 * run.
 */
@NullMarked
package io.stompbox.cli.report;

import org.jspecify.annotations.NullMarked;
