package dev.sluice.processing.spec;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a job's keys open: the places of its own input objects for reading, its output prefix for
 * reading, listing and writing, and nothing else.
 *
 * @param inputs prefixes, in order
 * @param output ends with a slash
 */
record JobReach(String bucket, List<String> inputs, String output) {
  /** Session policies of AWS hold 2,048 characters, some of which AWS needs itself. */
  private static final int LONGEST_POLICY = 1_800;

  private static final int MOST_PLACES = 20;
  private static final Pattern WILD = Pattern.compile("[*?$]");
  private static final Pattern VERSION = Pattern.compile("(dataset/[^/*?$]+/)([^/*?$]+/).+");

  JobReach {
    inputs = List.copyOf(inputs);
  }

  /**
   * The reach of a job.
   *
   * @param keys of all objects it reads; a version's files may lie with other versions and datasets
   */
  static JobReach of(String bucket, Collection<String> keys, String output) {
    JobReach versions = of(bucket, keys, output, found -> found.group(1) + found.group(2));
    if (versions.fits()) {
      return versions;
    }
    JobReach datasets = of(bucket, keys, output, found -> found.group(1));
    return datasets.fits() ? datasets : new JobReach(bucket, List.of("dataset/"), output);
  }

  private static JobReach of(
      String bucket, Collection<String> keys, String output, Function<Matcher, String> place) {
    SortedSet<String> places = new TreeSet<>();
    for (String key : keys) {
      Matcher found = VERSION.matcher(key);
      places.add(found.matches() ? place.apply(found) : WILD.split(key, 2)[0]);
    }
    return new JobReach(bucket, List.copyOf(places), output);
  }

  private boolean fits() {
    return inputs.size() <= MOST_PLACES && StoragePolicy.of(this).length() <= LONGEST_POLICY;
  }
}
