package eu.cloverwatch.demo;

import org.jspecify.annotations.Nullable;

/** A way to make an access of one kind. */
@FunctionalInterface
interface Recipe {

    /** Null where the world has not what this takes at the scene's time: nobody is in China, no gateway is shut. */
    @Nullable Draft draft(Scene scene);
}
