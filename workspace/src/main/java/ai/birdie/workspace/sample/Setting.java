package ai.birdie.workspace.sample;

import java.io.Serializable;
import java.time.Instant;

/** What all sample rows have in common. */
record Setting(long seed, Instant now, Population population) implements Serializable {}
