// tests/support/readers/pem_count.js: how many of the roots r1 to r3 Node takes
// of a file, by connecting to a server of each; in the folder of the files.
'use strict';
const fs = require('fs');
const tls = require('tls');

function listen(i) {
	const server = tls.createServer({
		key: fs.readFileSync(`l${i}.key`),
		cert: fs.readFileSync(`l${i}.pem`),
	}, (socket) => { socket.on('error', () => {}); socket.end(); });
	server.on('tlsClientError', () => {});
	return new Promise((done) => server.listen(0, '127.0.0.1',
		() => done(server.address().port)));
}

function connect(port, context) {
	return new Promise((done) => {
		const socket = tls.connect({ port, host: '127.0.0.1',
			servername: 'localhost', secureContext: context },
		() => { done(1); socket.destroy(); });
		socket.on('error', () => done(0));
	});
}

(async () => {
	const ports = [await listen(1), await listen(2), await listen(3)];
	for (const name of process.argv.slice(2)) {
		let context, count = 0;
		try {
			context = tls.createSecureContext({
				ca: fs.readFileSync(name) });
		} catch (error) {
			console.log(name, 'refused');
			continue;
		}
		for (const port of ports)
			count += await connect(port, context);
		console.log(name, count);
	}
	process.exit(0);
})();
