package dev.skep.provider.runtime;

import java.nio.file.Path;

/**
 * A model that jobs read, mounted read-only in the layout of the Hugging Face hub cache, so that
 * {@code from_pretrained(name)} finds it offline.
 *
 * @param name the name the program loads it by, such as {@code dslim/bert-base-NER}
 * @param folder has the model's files
 */
public record ModelMount(String name, DataFolder folder) {

  /** A model in a folder of this machine. */
  public ModelMount(String name, Path folder) {
    this(name, () -> folder);
  }
}
