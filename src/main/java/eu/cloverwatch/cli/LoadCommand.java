package eu.cloverwatch.cli;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
@Command(name="load") final class LoadCommand implements Callable<Integer> { public Integer call(){return 0;} }
