package dev.skep.system.inside;

import java.io.File;
import java.net.URISyntaxException;
import org.assertj.core.api.Assertions;
import org.eu.ingwar.tools.arquillian.extension.suite.annotations.ArquillianSuiteDeployment;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * What is deployed once for all tests of this package: they, AssertJ and the table of resources. It
 * has no timers and no consumers.
 */
@ArquillianSuiteDeployment
public class InsideArchive {
  static final String TABLE = "resources.asadmin";

  /** For Arquillian, on the side of the build. */
  @Deployment
  public static WebArchive inside() throws URISyntaxException {
    return ShrinkWrap.create(WebArchive.class, "inside.war")
        .addPackage(InsideArchive.class.getPackage())
        .addAsLibrary(
            new File(Assertions.class.getProtectionDomain().getCodeSource().getLocation().toURI()))
        .addAsResource(new File("../payara-config/src/main/server/" + TABLE), TABLE)
        .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
  }
}
