/* tests/support/readers/PemCount.java: how many certificates Java takes of a file. */
import java.io.FileInputStream;
import java.io.InputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

class PemCount {
	public static void main(String[] names) throws Exception {
		CertificateFactory factory =
			CertificateFactory.getInstance("X.509");

		for (String name : names) {
			String count = "refused";

			try (InputStream file = new FileInputStream(name)) {
				count = "" + factory.generateCertificates(file)
					.size();
			} catch (CertificateException e) {
				/* "No certificate data found" took none. */
				if (e.getMessage().startsWith("No cert"))
					count = "0";
			}
			System.out.println(name + " " + count);
		}
	}
}
