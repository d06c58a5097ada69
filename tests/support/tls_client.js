// tests/support/tls_client.js ROOT.pem NAME PORT...: connects to each port of
// 127.0.0.1 as to NAME and says "PORT yes", or "PORT no" and why.
const fs = require('fs');
const tls = require('tls');
const [root, name, ...ports] = process.argv.slice(2);
const ca = fs.readFileSync(root);

function ask(port) {
	return new Promise((done) => {
		const socket = tls.connect({ host: '127.0.0.1', port,
			servername: name, ca, timeout: 5000 }, () =>
			socket.write('GET / HTTP/1.0\r\n\r\n'));
		let got = false;

		socket.on('data', () => { got = true; });
		socket.on('timeout', () => socket.destroy(new Error('timeout')));
		socket.on('error', (fault) => done('no ' + fault));
		socket.on('close', () => done(got ? 'yes' : 'no answer'));
	});
}

(async () => {
	for (const port of ports)
		console.log(port + ' ' + await ask(port));
})();
