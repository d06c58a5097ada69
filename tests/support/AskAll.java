/*
 * tests/support/AskAll.java: connects to each port of 127.0.0.1 as
 * www.example.test, trusting the certificates of one file, and says "PORT ok" or
 * "PORT why".
 */
import java.io.FileInputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

class AskAll {
	private static final String HOST = "www.example.test";

	private static SSLSocketFactory trusting(String file) throws Exception {
		KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
		int count = 0;

		store.load(null, null);
		try (InputStream stream = new FileInputStream(file)) {
			for (Certificate anchor : CertificateFactory
				.getInstance("X.509").generateCertificates(stream))
				store.setCertificateEntry("a" + count++, anchor);
		}
		TrustManagerFactory trust = TrustManagerFactory.getInstance(
			TrustManagerFactory.getDefaultAlgorithm());
		trust.init(store);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		return context.getSocketFactory();
	}

	private static String ask(SSLSocketFactory factory, int port) {
		try (Socket plain = new Socket()) {
			plain.connect(new InetSocketAddress("127.0.0.1", port),
				10000);
			plain.setSoTimeout(10000);
			SSLSocket socket = (SSLSocket) factory.createSocket(
				plain, HOST, port, true);
			SSLParameters how = socket.getSSLParameters();
			how.setEndpointIdentificationAlgorithm("HTTPS");
			how.setServerNames(java.util.List.of(
				new SNIHostName(HOST)));
			socket.setSSLParameters(how);
			socket.startHandshake();
			return "ok";
		} catch (Exception e) {
			return e.toString();
		}
	}

	public static void main(String[] words) throws Exception {
		SSLSocketFactory factory = trusting(words[0]);

		for (int i = 1; i < words.length; i++)
			System.out.println(words[i] + " " +
				ask(factory, Integer.parseInt(words[i])));
	}
}
