/**
 * Runs on Ray while everything under them is killed.
 *
 * <p><b>In</b>: a number of trials and a seed. <b>Does</b>: starts a stack with a Ray head, runs
 * one manifest undisturbed and then again and again under faults. <b>Out</b>: whether every run
 * gave exactly the version of the undisturbed one.
 */
@NullMarked
package dev.sluice.chaos.runs;

import org.jspecify.annotations.NullMarked;
