/** How fast rows come in: Birdie beside its limits, and beside the vendor's driver. */
@NullMarked
package ai.birdie.bench.ingest;

import org.jspecify.annotations.NullMarked;
