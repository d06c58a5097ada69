/* tests/base/test_thread.c: lib/base/thread.c */
#include "support/test.h"

#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

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

struct tally {
	atomic_uint times[100], running, most;
	atomic_uint last; /* number begun before this one */
	atomic_bool in_order;
};

static void count(void *data, size_t i)
{
	struct tally *tally = data;
	unsigned running = atomic_fetch_add(&tally->running, 1) + 1;
	unsigned most = tally->most;

	while (running > most &&
	       !atomic_compare_exchange_weak(&tally->most, &most, running))
		continue;
	tally->in_order = tally->in_order && tally->last == i;
	tally->last++;
	tally->times[i]++;
	usleep(500);
	tally->running--;
}

static void each_number_has_its_turn_once(void **state)
{
	static const size_t MOST[] = { 1, 2, 4, 16, 1000 };

	for (size_t i = 0; i < CHK_COUNT(MOST); i++) {
		struct tally tally = { .in_order = true };

		chk_thread_each(50, MOST[i], count, &tally);
		for (size_t j = 0; j < 100; j++)
			assert_int_equal(tally.times[j], j < 50);
		assert_in_range(tally.most, 1, MOST[i]);
		assert_in_range(tally.most, 1, CHK_THREAD_MOST);
		assert_int_equal(tally.running, 0);
	}
}

static void one_at_a_time_is_in_order(void **state)
{
	struct tally tally = { .in_order = true };

	chk_thread_each(20, 1, count, &tally);
	assert_true(tally.in_order);
	chk_thread_each(0, 4, count, &tally);
	assert_int_equal(tally.last, 20);
}

/* They meet only where four of them run. */
static void meet(void *data, size_t i)
{
	pthread_barrier_wait(data);
}

static void they_run_side_by_side(void **state)
{
	pthread_barrier_t barrier;

	assert_int_equal(pthread_barrier_init(&barrier, NULL, 4), 0);
	alarm(60);
	chk_thread_each(8, 4, meet, &barrier);
	alarm(0);
	pthread_barrier_destroy(&barrier);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signals_stay_with_the_program),
		cmocka_unit_test(each_number_has_its_turn_once),
		cmocka_unit_test(one_at_a_time_is_in_order),
		cmocka_unit_test(they_run_side_by_side),
	};

	return cmocka_run_group_tests_name("base/thread", tests, NULL, NULL);
}
