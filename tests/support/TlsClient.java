import java.io.FileInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * tests/support/TlsClient.java ROOT.pem NAME PORT...: connects to each port of
 * 127.0.0.1 as to NAME and says "PORT yes", or "PORT no" and why.
 */
class TlsClient {
	static SSLContext trusting(String path) throws Exception {
		KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
		SSLContext context = SSLContext.getInstance("TLS");
		TrustManagerFactory trust = TrustManagerFactory.getInstance(
			TrustManagerFactory.getDefaultAlgorithm());
		store.load(null, null);
		try (InputStream in = new FileInputStream(path)) {
			store.setCertificateEntry("root", CertificateFactory
				.getInstance("X.509").generateCertificate(in));
		}
		trust.init(store);
		context.init(null, trust.getTrustManagers(), null);
		return context;
	}

	static void ask(SSLContext context, String name, int port)
			throws Exception {
		Socket plain = new Socket();
		plain.connect(new InetSocketAddress("127.0.0.1", port), 5000);
		plain.setSoTimeout(5000);
		try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
				.createSocket(plain, name, port, true)) {
			SSLParameters how = socket.getSSLParameters();
			how.setEndpointIdentificationAlgorithm("HTTPS");
			socket.setSSLParameters(how);
			socket.startHandshake();
			OutputStream out = socket.getOutputStream();
			out.write("GET / HTTP/1.0\r\n\r\n".getBytes());
			out.flush();
			while (socket.getInputStream().read() >= 0) {
			}
		}
	}

	public static void main(String[] args) throws Exception {
		SSLContext context = trusting(args[0]);

		for (int i = 2; i < args.length; i++) {
			String said = "yes";
			try {
				ask(context, args[1], Integer.parseInt(args[i]));
			} catch (Exception fault) {
				said = "no " + fault;
			}
			System.out.println(args[i] + " " + said);
		}
	}
}
