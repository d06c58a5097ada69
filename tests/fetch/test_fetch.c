/* tests/fetch/test_fetch.c: chk_fetch against real peers on loopback. */
#include "support/test.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "fetch/presented.h"
#include "support/peer.h"
#include "support/peer_pki.h"

static struct peer_pki pki;

static struct chk_presented *fetch(struct chk_target target)
{
	struct chk_presented *presented;
	struct chk_error error;

	if (!target.host)
		target.host = "127.0.0.1";
	if (!chk_fetch(&target, &presented, &error))
		fail_msg("%s: %s", error.where, error.what);
	return presented;
}

/* The chain is `count` of the PKI's certificates, byte by byte, leaf first. */
static void sent_as_is(const struct chk_presented *presented, size_t count)
{
	assert_int_equal(chk_chain_note_count(presented->chain), 0);
	assert_int_equal(chk_chain_count(presented->chain), count);
	for (size_t i = 0; i < count; i++) {
		assert_true(chk_bytes_equal(
			chk_cert_der(chk_chain_get(presented->chain, i)),
			pki.der[i]));
		assert_string_equal(chk_chain_where(presented->chain, i),
				    "server");
	}
}

static void complete(const struct chk_presented *presented, const char *version)
{
	assert_string_equal(chk_presented_why(presented), "");
	assert_int_equal(chk_presented_step(presented), CHK_STEP_FINISHED);
	assert_int_equal(chk_presented_failure(presented), CHK_FAILURE_NONE);
	assert_string_equal(presented->version, version);
	assert_non_null(presented->cipher);
	assert_non_null(presented->group);
	assert_non_null(presented->signature);
}

static const struct {
	const char *openssl, *gnutls, *name;
} VERSIONS[] = {
	{ "-tls1_2", "NORMAL:-VERS-ALL:+VERS-TLS1.2", "TLS1.2" },
	{ "-tls1_3", "NORMAL:-VERS-ALL:+VERS-TLS1.3", "TLS1.3" },
};

static void openssl_chain_comes_as_sent(void **state)
{
	for (size_t i = 0; i < CHK_COUNT(VERSIONS); i++) {
		const char *const options[] = {
			"-cert", pki.leaf, "-key", pki.key, "-cert_chain",
			pki.intermediate, VERSIONS[i].openssl, NULL };
		struct peer peer;
		struct chk_presented *presented;

		assert_true(peer_openssl(&peer, options));
		presented = fetch((struct chk_target){ .port = peer.port });
		complete(presented, VERSIONS[i].name);
		sent_as_is(presented, 2);
		assert_string_equal(presented->address, "127.0.0.1");
		assert_false(presented->client_certificate_wanted);
		chk_presented_free(presented);
		peer_stop(&peer);
	}
}

static void gnutls_chain_comes_as_sent(void **state)
{
	if (!peer_has("gnutls-serv")) {
		print_message("# gnutls-serv is not installed\n");
		skip();
	}
	for (size_t i = 0; i < CHK_COUNT(VERSIONS); i++) {
		const char *const options[] = {
			"--x509certfile", pki.chain, "--x509keyfile", pki.key,
			"--disable-client-cert", "--priority",
			VERSIONS[i].gnutls, NULL };
		struct peer peer;
		struct chk_presented *presented;

		assert_true(peer_gnutls(&peer, options));
		presented = fetch((struct chk_target){ .port = peer.port });
		complete(presented, VERSIONS[i].name);
		sent_as_is(presented, 2);
		assert_false(presented->client_certificate_wanted);
		chk_presented_free(presented);
		peer_stop(&peer);
	}
}

static void old_versions_are_reached(void **state)
{
	static const char *const OLD[][2] = { { "-tls1", "TLS1.0" },
					      { "-tls1_1", "TLS1.1" } };

	for (size_t i = 0; i < CHK_COUNT(OLD); i++) {
		const char *const options[] = {
			"-cert", pki.leaf, "-key", pki.key, OLD[i][0],
			"-cipher", "DEFAULT@SECLEVEL=0", NULL };
		struct peer peer;
		struct chk_presented *presented;

		assert_true(peer_openssl(&peer, options));
		presented = fetch((struct chk_target){ .port = peer.port });
		assert_string_equal(chk_presented_why(presented), "");
		assert_string_equal(presented->version, OLD[i][1]);
		sent_as_is(presented, 1);
		chk_presented_free(presented);
		peer_stop(&peer);
	}
}

/* The alerts are those that RFC 5246 and RFC 8446 4.4.2.4 have for it. */
static void the_chain_is_kept_where_a_client_must_have_one_too(
	void **state)
{
	static const int ALERTS[] = { 40, 116 };

	for (size_t i = 0; i < CHK_COUNT(VERSIONS); i++) {
		const char *const options[] = {
			"-cert", pki.leaf, "-key", pki.key, "-cert_chain",
			pki.intermediate, "-Verify", "1",
			VERSIONS[i].openssl, NULL };
		struct peer peer;
		struct chk_presented *presented;

		assert_true(peer_openssl(&peer, options));
		presented = fetch((struct chk_target){ .port = peer.port });
		sent_as_is(presented, 2);
		assert_true(presented->client_certificate_wanted);
		assert_true(presented->step >= CHK_STEP_CERTIFICATE);
		assert_int_equal(presented->failure, CHK_FAILURE_ALERT);
		assert_int_equal(presented->alert, ALERTS[i]);
		chk_presented_free(presented);
		peer_stop(&peer);
	}
}

static void a_client_certificate_that_is_only_wished_for(void **state)
{
	for (size_t i = 0; i < CHK_COUNT(VERSIONS); i++) {
		const char *const options[] = {
			"-cert", pki.leaf, "-key", pki.key, "-verify", "1",
			VERSIONS[i].openssl, NULL };
		struct peer peer;
		struct chk_presented *presented;

		assert_true(peer_openssl(&peer, options));
		presented = fetch((struct chk_target){ .port = peer.port });
		complete(presented, VERSIONS[i].name);
		assert_true(presented->client_certificate_wanted);
		chk_presented_free(presented);
		peer_stop(&peer);
	}
}

/* s_server has a second certificate for the name; we see which one comes. */
static void sni_chooses_the_certificate(void **state)
{
	const char *const options[] = {
		"-cert", pki.intermediate, "-key", pki.key, "-servername",
		"other.test", "-cert2", pki.leaf, "-key2", pki.key, NULL };
	struct chk_target targets[] = {
		{ .host = "other.test", .connect_host = "127.0.0.1" },
		{ .host = "127.0.0.1", .server_name = "other.test" },
		{ .host = "other.test", .connect_host = "127.0.0.1",
		  .no_server_name = true },
		{ .host = "127.0.0.1" },
	};
	static const char *const NAMES[] = { "other.test", "other.test", NULL,
					     NULL };
	struct peer peer;

	assert_true(peer_openssl(&peer, options));
	for (size_t i = 0; i < CHK_COUNT(targets); i++) {
		struct chk_presented *presented;

		targets[i].port = peer.port;
		presented = fetch(targets[i]);
		assert_string_equal(chk_presented_why(presented), "");
		assert_true(chk_bytes_equal(
			chk_cert_der(chk_chain_get(presented->chain, 0)),
			pki.der[NAMES[i] ? 0 : 1]));
		if (NAMES[i])
			assert_string_equal(presented->server_name, NAMES[i]);
		else
			assert_null(presented->server_name);
		chk_presented_free(presented);
	}
	peer_stop(&peer);
}

static void given_addresses_replace_the_resolver(void **state)
{
	const char *const options[] = { "-cert", pki.leaf, "-key", pki.key,
					NULL };
	const char *const addresses[] = { "127.0.0.1", NULL };
	struct peer peer;
	struct chk_presented *presented;

	assert_true(peer_openssl(&peer, options));
	presented = fetch((struct chk_target){ .host = "no-such.invalid",
					       .port = peer.port,
					       .addresses = addresses });
	assert_int_equal(presented->step, CHK_STEP_FINISHED);
	assert_string_equal(presented->server_name, "no-such.invalid");
	chk_presented_free(presented);
	peer_stop(&peer);
}

static bool has_ipv6(void)
{
	FILE *file = fopen("/proc/net/if_inet6", "re");
	char line[256];
	bool found = false;

	while (file && !found && fgets(line, sizeof(line), file))
		found = strncmp(line, "00000000000000000000000000000001",
				32) == 0;
	if (file)
		fclose(file);
	return found;
}

static void ipv6_is_reached(void **state)
{
	const char *const options[] = { "-cert", pki.leaf, "-key", pki.key,
					NULL };
	struct peer peer;
	struct chk_presented *presented;

	if (!has_ipv6()) {
		print_message("# there is no ::1 here\n");
		skip();
	}
	assert_true(peer_openssl_ipv6(&peer, options));
	presented = fetch((struct chk_target){ .host = "::1",
					       .port = peer.port });
	assert_string_equal(chk_presented_why(presented), "");
	assert_string_equal(presented->address, "::1");
	chk_presented_free(presented);
	peer_stop(&peer);
}

static void a_staple_is_passed_over(void **state)
{
	if (!pki.has_staple) {
		print_message("# this openssl made no OCSP response\n");
		skip();
	}
	for (size_t i = 0; i < CHK_COUNT(VERSIONS); i++) {
		const char *const options[] = {
			"-cert", pki.leaf, "-key", pki.key, "-status_file",
			pki.staple_file, VERSIONS[i].openssl, NULL };
		struct peer peer;
		struct chk_presented *presented;

		assert_true(peer_openssl(&peer, options));
		presented = fetch((struct chk_target){ .port = peer.port });
		assert_string_equal(chk_presented_why(presented), "");
		sent_as_is(presented, 1);
		chk_presented_free(presented);
		peer_stop(&peer);
	}
}

static void a_chain_of_a_thousand_comes_whole(void **state)
{
	for (size_t i = 0; i < CHK_COUNT(VERSIONS); i++) {
		const char *const options[] = {
			"-cert", pki.leaf, "-key", pki.key, "-cert_chain",
			pki.thousand, VERSIONS[i].openssl, NULL };
		struct peer peer;
		struct chk_presented *presented;

		assert_true(peer_openssl(&peer, options));
		presented = fetch((struct chk_target){ .port = peer.port });
		assert_string_equal(chk_presented_why(presented), "");
		assert_int_equal(chk_chain_count(presented->chain), 1000);
		chk_presented_free(presented);
		peer_stop(&peer);
	}
}

static void a_certificate_of_ten_thousand_names_comes_whole(void **state)
{
	for (size_t i = 0; i < CHK_COUNT(VERSIONS); i++) {
		const char *const options[] = {
			"-cert", pki.many_names, "-key", pki.key,
			VERSIONS[i].openssl, NULL };
		struct peer peer;
		struct chk_presented *presented;

		assert_true(peer_openssl(&peer, options));
		presented = fetch((struct chk_target){ .port = peer.port });
		assert_string_equal(chk_presented_why(presented), "");
		assert_int_equal(chk_chain_count(presented->chain), 1);
		assert_true(chk_cert_der(chk_chain_get(presented->chain, 0))
				    .size > 10000 * strlen("n.test"));
		chk_presented_free(presented);
		peer_stop(&peer);
	}
}

static void a_refused_connection_names_the_address(void **state)
{
	uint16_t port = peer_free_port();
	struct chk_presented *presented =
		fetch((struct chk_target){ .port = port });
	char why[64];

	snprintf(why, sizeof(why), "127.0.0.1:%u refused the connection",
		 port);
	assert_int_equal(presented->failure, CHK_FAILURE_REFUSED);
	assert_int_equal(presented->step, CHK_STEP_CONNECT);
	assert_string_equal(presented->why, why);
	chk_presented_free(presented);
}

static void read_hello(int fd)
{
	struct pollfd wanted = { .fd = fd, .events = POLLIN };
	char data[4096];

	poll(&wanted, 1, 5000);
	if (recv(fd, data, sizeof(data), MSG_DONTWAIT) < 0)
		return;
}

static void say(int fd, const char *text)
{
	if (send(fd, text, strlen(text), MSG_NOSIGNAL) < 0)
		return;
}

static void stay_silent(int fd)
{
	sleep(60);
}

static void reset(int fd)
{
	struct linger hard = { .l_onoff = 1 };

	read_hello(fd);
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
}

static void hang_up(int fd)
{
	read_hello(fd);
}

static void speak_http(int fd)
{
	read_hello(fd);
	say(fd, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
}

/* Leaves the hello unread: closing then resets the connection. */
static void speak_http_and_reset(int fd)
{
	struct pollfd wanted = { .fd = fd, .events = POLLIN };

	poll(&wanted, 1, 5000);
	say(fd, "HTTP/1.1 400 Bad Request\r\n\r\n");
}

static void speak_ssh(int fd)
{
	say(fd, "SSH-2.0-OpenSSH_9.2p1\r\n");
	read_hello(fd);
}

static void speak_smtp(int fd)
{
	say(fd, "220 mail.example.test ESMTP\r\n");
	sleep(60);
}

/* One byte of a record at a time, for ever. */
static void trickle(int fd)
{
	static const char RECORD[] = "\x16\x03\x03\x3f\xff\x02\0\x3f\xfb\x03";
	struct timespec nap = { .tv_nsec = 20000000 };

	for (size_t i = 0; i < 3000; i++) {
		if (send(fd, i < sizeof(RECORD) ? &RECORD[i] : "x", 1,
			 MSG_NOSIGNAL) < 0)
			return;
		nanosleep(&nap, NULL);
	}
}

static int64_t millis(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static const struct {
	void (*talk)(int fd);
	enum chk_failure failure;
	const char *why;
} TALKS[] = {
	{ stay_silent, CHK_FAILURE_TIMEOUT,
	  "no answer to the ClientHello within 700 milliseconds" },
	{ trickle, CHK_FAILURE_TIMEOUT,
	  "the answer to the ClientHello was not complete within 700" },
	{ reset, CHK_FAILURE_RESET, "the server reset the connection" },
	{ hang_up, CHK_FAILURE_CLOSED,
	  "the server closed the connection after the ClientHello" },
	{ speak_http, CHK_FAILURE_NOT_TLS,
	  "does not speak TLS but HTTP: its first bytes are \"HTTP/1.1 400" },
	{ speak_http_and_reset, CHK_FAILURE_NOT_TLS,
	  "does not speak TLS but HTTP: its first bytes are \"HTTP/1.1 400" },
	{ speak_ssh, CHK_FAILURE_NOT_TLS,
	  "does not speak TLS but SSH: its first bytes are \"SSH-2.0-Open" },
	{ speak_smtp, CHK_FAILURE_NOT_TLS,
	  "does not speak TLS but SMTP: its first bytes are \"220 mail." },
};

static void peers_without_tls_are_told_apart_in_time(void **state)
{
	for (size_t i = 0; i < CHK_COUNT(TALKS); i++) {
		struct peer peer;
		struct chk_presented *presented;
		int64_t begin = millis();

		assert_true(peer_talk(&peer, TALKS[i].talk));
		presented = fetch((struct chk_target){
			.port = peer.port, .handshake_timeout_ms = 700 });
		print_message("# %s\n", chk_presented_why(presented));
		assert_int_equal(presented->failure, TALKS[i].failure);
		assert_int_equal(presented->step, CHK_STEP_HELLO);
		assert_non_null(strstr(presented->why, TALKS[i].why));
		/* Room for a machine that is busy, and no more. */
		assert_true(millis() - begin < 5000);
		chk_presented_free(presented);
		peer_stop(&peer);
	}
}

static void the_total_time_holds_over_the_handshake_time(void **state)
{
	struct peer peer;
	struct chk_presented *presented;
	int64_t begin = millis();

	assert_true(peer_talk(&peer, stay_silent));
	presented = fetch((struct chk_target){ .port = peer.port,
					       .total_timeout_ms = 300 });
	assert_int_equal(presented->failure, CHK_FAILURE_TIMEOUT);
	assert_true(millis() - begin < 5000);
	chk_presented_free(presented);
	peer_stop(&peer);
}

/* An answer to a request line that is none has no status line there. */
static void python_speaks_http(void **state)
{
	const char *const has[] = { "python3", "-c", "import http.server",
				    NULL };
	char port[8];
	const char *const serve[] = { "python3", "-m", "http.server", port,
				      "--bind", "127.0.0.1", NULL };
	struct peer peer;
	struct chk_presented *presented;

	if (!peer_has("python3") || !peer_run(has)) {
		print_message("# python3 is not installed\n");
		skip();
	}
	assert_true(peer_program(&peer, serve, port, sizeof(port)));
	presented = fetch((struct chk_target){ .port = peer.port });
	assert_int_equal(presented->failure, CHK_FAILURE_NOT_TLS);
	assert_string_equal(presented->speaks, "HTTP");
	chk_presented_free(presented);
	peer_stop(&peer);
}

static int count_fds(void)
{
	DIR *folder = opendir("/proc/self/fd");
	int count = 0;

	while (folder && readdir(folder))
		count++;
	if (folder)
		closedir(folder);
	return count;
}

static void no_descriptor_is_left_open(void **state)
{
	int before = count_fds();
	struct peer peer;

	assert_true(peer_talk(&peer, hang_up));
	for (int i = 0; i < 3; i++)
		chk_presented_free(fetch((struct chk_target){
			.host = "localhost", .port = peer.port,
			.family = CHK_FAMILY_IPV4 }));
	peer_stop(&peer);
	assert_int_equal(count_fds(), before);
}

static int make_pki(void **state)
{
	return peer_pki_make(&pki) ? 0 : -1;
}

static int remove_pki(void **state)
{
	peer_pki_remove(&pki);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(openssl_chain_comes_as_sent),
		cmocka_unit_test(gnutls_chain_comes_as_sent),
		cmocka_unit_test(old_versions_are_reached),
		cmocka_unit_test(
			the_chain_is_kept_where_a_client_must_have_one_too),
		cmocka_unit_test(a_client_certificate_that_is_only_wished_for),
		cmocka_unit_test(sni_chooses_the_certificate),
		cmocka_unit_test(given_addresses_replace_the_resolver),
		cmocka_unit_test(ipv6_is_reached),
		cmocka_unit_test(a_staple_is_passed_over),
		cmocka_unit_test(a_chain_of_a_thousand_comes_whole),
		cmocka_unit_test(
			a_certificate_of_ten_thousand_names_comes_whole),
		cmocka_unit_test(a_refused_connection_names_the_address),
		cmocka_unit_test(peers_without_tls_are_told_apart_in_time),
		cmocka_unit_test(the_total_time_holds_over_the_handshake_time),
		cmocka_unit_test(python_speaks_http),
		cmocka_unit_test(no_descriptor_is_left_open),
	};

	if (!peer_has("openssl")) {
		printf("1..0 # SKIP openssl is not installed\n");
		return 0;
	}
	return cmocka_run_group_tests_name("fetch/fetch", tests, make_pki,
					   remove_pki);
}
