package ai.birdie.workspace.rest;

import ai.birdie.workspace.clock.WorkspaceClock;
import ai.birdie.workspace.fault.Faults;
import ai.birdie.workspace.fault.Pause;
import ai.birdie.workspace.transaction.HeldTransactions;

/**
 * What the workspace's own control panel works on.
 *
 * @param clock the time that all of it sees
 * @param faults those that are armed
 * @param pause what waits where a fault is slow
 * @param transactions those that are held open
 */
public record Controls(
    WorkspaceClock clock, Faults faults, Pause pause, HeldTransactions transactions) {}
