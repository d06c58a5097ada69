/*
 * tests/support/AcceptedIssuers.java: how many trust anchors a JVM takes from
 * a keystore, as its own TLS does it:
 *
 *	java AcceptedIssuers.java [PATH TYPE PASSWORD]...
 *
 * A line for each triple; "-" is the store that the JVM has when none is named,
 * the type that it has by default, and no password. What the JVM refuses is a
 * line "error: ...".
 */
import java.io.FileInputStream;
import java.io.InputStream;
import java.security.KeyStore;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

public class AcceptedIssuers {
	static KeyStore open(String path, String type, String password)
			throws Exception {
		if (path.equals("-"))
			return null;
		KeyStore store = KeyStore.getInstance(type.equals("-") ?
				KeyStore.getDefaultType() : type);
		try (InputStream in = new FileInputStream(path)) {
			store.load(in, password.equals("-") ? null :
					password.toCharArray());
		}
		return store;
	}

	static int count(KeyStore store) throws Exception {
		TrustManagerFactory factory = TrustManagerFactory.getInstance(
				TrustManagerFactory.getDefaultAlgorithm());
		factory.init(store);
		for (TrustManager manager : factory.getTrustManagers())
			if (manager instanceof X509TrustManager)
				return ((X509TrustManager) manager)
						.getAcceptedIssuers().length;
		return 0;
	}

	public static void main(String[] args) {
		for (int i = 0; i + 2 < args.length; i += 3) {
			try {
				System.out.println(count(open(args[i],
						args[i + 1], args[i + 2])));
			} catch (Exception e) {
				System.out.println("error: " + e.getMessage());
			}
		}
	}
}
