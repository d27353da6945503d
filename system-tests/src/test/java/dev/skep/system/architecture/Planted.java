package dev.skep.system.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a few lines that break a rule, so that a rule which cannot fail is found out. */
final class Planted {

  private static final Pattern NAME =
      Pattern.compile("package ([\\w.]+);.*?(?:class|interface) (\\w+)", Pattern.DOTALL);

  private Planted() {}

  static JavaClasses violation(String... sources) {
    try {
      Path out = Files.createTempDirectory("planted");
      compile(out, Stream.of(sources).map(Planted::file).toList());
      return new ClassFileImporter().importPath(out);
    } catch (IOException e) {
      throw new IllegalStateException("cannot write the planted classes", e);
    }
  }

  private static void compile(Path out, List<JavaFileObject> files) {
    var options =
        List.of("-d", out.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
    boolean compiled =
        ToolProvider.getSystemJavaCompiler().getTask(null, null, null, options, null, files).call();
    if (!compiled) {
      throw new IllegalArgumentException("the planted violation does not compile");
    }
  }

  private static JavaFileObject file(String source) {
    Matcher name = NAME.matcher(source);
    if (!name.find()) {
      throw new IllegalArgumentException("no package and type in: " + source);
    }
    String path = name.group(1).replace('.', '/') + "/" + name.group(2) + ".java";
    return new SimpleJavaFileObject(URI.create("string:///" + path), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }
}
