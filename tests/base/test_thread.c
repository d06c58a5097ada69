/* tests/base/test_thread.c: lib/base/thread.c */
#include "support/test.h"

#include <signal.h>

#include "base/thread.h"

static void *look(void *data)
{
	sigset_t *mask = data;

	pthread_sigmask(SIG_SETMASK, NULL, mask);
	return data;
}

static void signals_stay_with_the_program(void **state)
{
	sigset_t before, during, after;
	pthread_t thread;
	void *given;

	pthread_sigmask(SIG_SETMASK, NULL, &before);
	assert_int_equal(chk_thread_start(&thread, look, &during), 0);
	assert_int_equal(pthread_join(thread, &given), 0);
	assert_ptr_equal(given, &during);
	pthread_sigmask(SIG_SETMASK, NULL, &after);
	assert_int_equal(sigismember(&during, SIGINT), 1);
	assert_int_equal(sigismember(&during, SIGCHLD), 1);
	assert_int_equal(sigismember(&before, SIGINT), 0);
	assert_int_equal(sigismember(&after, SIGINT), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signals_stay_with_the_program),
	};

	return cmocka_run_group_tests_name("base/thread", tests, NULL, NULL);
}
