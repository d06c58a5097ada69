/* tests/fetch/test_io.c: lib/fetch/io.c, real sockets on loopback. */
#include "support/test.h"

#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fetch/io.h"

struct pair {
	const struct chk_io *io;
	int listener, far, near;
	uint16_t port;
};

static int64_t in(const struct chk_io *io, int64_t millis)
{
	return io->now(io->self) + millis;
}

static uint16_t listen_somewhere(int *listener)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t size = sizeof(address);

	*listener = socket(AF_INET, SOCK_STREAM, 0);
	assert_true(*listener >= 0);
	assert_int_equal(bind(*listener, (struct sockaddr *)&address, size), 0);
	assert_int_equal(listen(*listener, 4), 0);
	assert_int_equal(getsockname(*listener, (struct sockaddr *)&address,
				     &size), 0);
	return ntohs(address.sin_port);
}

static int set_up(void **state)
{
	static struct pair pair;

	pair.io = chk_io_system();
	pair.port = listen_somewhere(&pair.listener);
	pair.near = pair.io->connect(NULL, "127.0.0.1", pair.port,
				     in(pair.io, 5000));
	assert_true(pair.near >= 0);
	pair.far = accept(pair.listener, NULL, NULL);
	assert_true(pair.far >= 0);
	*state = &pair;
	return 0;
}

static int tear_down(void **state)
{
	struct pair *pair = *state;

	pair->io->close(NULL, pair->near);
	if (pair->far >= 0)
		close(pair->far);
	close(pair->listener);
	return 0;
}

static void bytes_go_both_ways(void **state)
{
	struct pair *pair = *state;
	char data[8];

	assert_int_equal(pair->io->write(NULL, pair->near, "ping", 4,
					 in(pair->io, 5000)), 4);
	assert_int_equal(recv(pair->far, data, sizeof(data), 0), 4);
	assert_int_equal(send(pair->far, "pong", 4, 0), 4);
	assert_int_equal(pair->io->read(NULL, pair->near, data, sizeof(data),
					in(pair->io, 5000)), 4);
	assert_memory_equal(data, "pong", 4);
}

static void a_silent_peer_is_left_at_the_deadline(void **state)
{
	struct pair *pair = *state;
	int64_t begin = in(pair->io, 0);
	char data[8];

	assert_int_equal(pair->io->read(NULL, pair->near, data, sizeof(data),
					begin + 60), -1);
	assert_int_equal(errno, ETIMEDOUT);
	assert_in_range(in(pair->io, 0) - begin, 60, 2000);
}

static void a_peer_that_reads_nothing_is_left_at_the_deadline(void **state)
{
	struct pair *pair = *state;
	static const uint8_t data[1 << 16];
	int64_t deadline = in(pair->io, 100);
	long count;

	do {
		count = pair->io->write(NULL, pair->near, data, sizeof(data),
					deadline);
	} while (count > 0);
	assert_int_equal(errno, ETIMEDOUT);
}

static void the_end_of_a_peer_reads_as_0(void **state)
{
	struct pair *pair = *state;
	char data[8];

	close(pair->far);
	pair->far = -1;
	assert_int_equal(pair->io->read(NULL, pair->near, data, sizeof(data),
					in(pair->io, 5000)), 0);
}

static void a_reset_is_a_reset(void **state)
{
	struct pair *pair = *state;
	struct linger hard = { .l_onoff = 1 };
	char data[8];

	setsockopt(pair->far, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
	close(pair->far);
	pair->far = -1;
	assert_int_equal(pair->io->read(NULL, pair->near, data, sizeof(data),
					in(pair->io, 5000)), -1);
	assert_int_equal(errno, ECONNRESET);
}

static void fail_on_signal(int number)
{
	static const char text[] = "not ok - SIGPIPE was raised\n";

	_exit(write(STDOUT_FILENO, text, sizeof(text) - 1) > 0 ? 1 : 2);
}

static void writing_to_a_closed_peer_raises_no_signal(void **state)
{
	struct pair *pair = *state;
	void (*before)(int) = signal(SIGPIPE, fail_on_signal);
	long count = 0;

	close(pair->far);
	pair->far = -1;
	for (int i = 0; i < 100 && count >= 0; i++)
		count = pair->io->write(NULL, pair->near, "x", 1,
					in(pair->io, 1000));
	assert_int_equal(count, -1);
	assert_true(errno == EPIPE || errno == ECONNRESET);
	signal(SIGPIPE, before);
}

static void a_port_without_listener_refuses(void **state)
{
	const struct chk_io *io = chk_io_system();
	int listener;
	uint16_t port = listen_somewhere(&listener);

	close(listener);
	assert_int_equal(io->connect(NULL, "127.0.0.1", port, in(io, 5000)),
			 -1);
	assert_int_equal(errno, ECONNREFUSED);
}

static void an_address_is_needed_to_connect(void **state)
{
	const struct chk_io *io = chk_io_system();

	assert_int_equal(io->connect(NULL, "localhost", 1, in(io, 5000)), -1);
	assert_int_equal(errno, EADDRNOTAVAIL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(bytes_go_both_ways, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(
			a_silent_peer_is_left_at_the_deadline, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			a_peer_that_reads_nothing_is_left_at_the_deadline,
			set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_end_of_a_peer_reads_as_0,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_reset_is_a_reset, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(
			writing_to_a_closed_peer_raises_no_signal, set_up,
			tear_down),
		cmocka_unit_test(a_port_without_listener_refuses),
		cmocka_unit_test(an_address_is_needed_to_connect),
	};

	return cmocka_run_group_tests_name("fetch/io", tests, NULL, NULL);
}
