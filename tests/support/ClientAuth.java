/*
 * tests/support/ClientAuth.java: a server that needs a client certificate:
 *
 *	java ClientAuth.java KEYS.p12 TRUST.p12 PASSWORD PROTOCOL
 *
 * "port N" once it listens; then it answers HTTP, or says why it does not.
 */
import java.io.FileInputStream;
import java.io.InputStream;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

public class ClientAuth {
	static KeyStore open(String path, String password) throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = new FileInputStream(path)) {
			store.load(in, password.toCharArray());
		}
		return store;
	}

	static void answer(SSLSocket socket) {
		try (socket) {
			socket.setSoTimeout(5000);
			socket.startHandshake();
			socket.getInputStream().read(new byte[4096]);
			socket.getOutputStream().write(
					"HTTP/1.0 200 OK\r\n\r\nok\n".getBytes());
		} catch (Exception e) {
			System.out.println("refused: " + e.getMessage());
		}
	}

	public static void main(String[] args) throws Exception {
		KeyManagerFactory keys = KeyManagerFactory.getInstance(
				KeyManagerFactory.getDefaultAlgorithm());
		TrustManagerFactory trust = TrustManagerFactory.getInstance(
				TrustManagerFactory.getDefaultAlgorithm());
		SSLContext context = SSLContext.getInstance("TLS");

		keys.init(open(args[0], args[2]), args[2].toCharArray());
		trust.init(open(args[1], args[2]));
		context.init(keys.getKeyManagers(), trust.getTrustManagers(),
				null);
		SSLServerSocket server = (SSLServerSocket)context
				.getServerSocketFactory().createServerSocket(0);
		server.setNeedClientAuth(true);
		server.setEnabledProtocols(new String[] { args[3] });
		System.out.println("port " + server.getLocalPort());
		while (true)
			answer((SSLSocket)server.accept());
	}
}
