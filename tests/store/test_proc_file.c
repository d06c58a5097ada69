/* tests/store/test_proc_file.c: lib/store/proc_file.c, on children. */
#include "config.h"

#include "support/test.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "store/proc_file.h"
#include "support/child.h"
#include "support/scratch.h"

#define ARRAY(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void a_child_is_read_as_it_was_started(void **state)
{
	pid_t child = child_start(ARRAY("wait", "", "-x"),
				  ARRAY("A=1", "EMPTY=", "odd"));
	char cwd[4096];
	struct chk_proc proc;

	assert_true(chk_proc_read(child, &proc, NULL));
	assert_int_equal(proc.environment.count, 3);
	assert_string_equal(proc.environment.items[0], "A=1");
	assert_string_equal(proc.environment.items[2], "odd");
	assert_int_equal(proc.arguments.count, 4);
	assert_string_equal(proc.arguments.items[2], "");
	assert_string_equal(proc.arguments.items[3], "-x");
	assert_string_equal(proc.root, "");
	assert_non_null(strstr(proc.program, "test_proc_file"));
	assert_false(proc.replaced);
	assert_non_null(getcwd(cwd, sizeof(cwd)));
	assert_string_equal(proc.directory, cwd);
	assert_true(proc.mapped.count > 1);
	chk_proc_clear(&proc);
	child_end(child);
}

/* Its name is ") 1 (", which stands before it in stat. */
static void the_start_is_a_moment_ago(void **state)
{
	pid_t child = child_start(ARRAY("wait"), ARRAY("A=1"));
	struct timespec now;
	struct chk_proc proc;
	int64_t now_ms;

	assert_true(chk_proc_read(child, &proc, NULL));
	clock_gettime(CLOCK_REALTIME, &now);
	now_ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
	assert_true(proc.start_ms <= now_ms + 20);
	assert_true(proc.start_ms > now_ms - 60000);
	chk_proc_clear(&proc);
	child_end(child);
}

static void a_process_that_ended_is_not_found(void **state)
{
	pid_t child = fork();
	struct chk_error error;
	struct chk_proc proc;
	siginfo_t info;

	if (child == 0)
		_exit(0);
	assert_int_equal(waitid(P_PID, (id_t)child, &info,
				WEXITED | WNOWAIT), 0);
	assert_false(chk_proc_read(child, &proc, &error));
	assert_int_equal(error.code, CHK_ERROR_READ);
	assert_non_null(strstr(error.what, "no program runs in it"));
	chk_proc_clear(&proc);
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_false(chk_proc_read(child, &proc, &error));
	assert_int_equal(error.code, CHK_ERROR_NOT_FOUND);
	chk_proc_clear(&proc);
}

/* In a child that is nobody; its status says what it met. */
static int ask_as_nobody(pid_t process)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		struct chk_error error = { 0 };
		struct chk_proc proc;
		bool ok;

		if (setgid(65534) < 0 || setuid(65534) < 0)
			_exit(77);
		ok = chk_proc_read(process, &proc, &error);
		_exit(!ok && error.code == CHK_ERROR_READ &&
		      strstr(error.what, "the user 0") &&
		      strstr(error.where, "/proc/") ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WEXITSTATUS(status);
}

static void another_users_process_is_refused_by_name(void **state)
{
	pid_t child;
	int status;

	if (geteuid() != 0)
		skip();
	child = child_start(ARRAY("wait"), ARRAY("A=1"));
	status = ask_as_nobody(child);
	child_end(child);
	if (status == 77)
		skip();
	assert_int_equal(status, 0);
}

static void a_process_below_another_root_has_it_before_its_paths(void **state)
{
	struct chk_proc proc;
	pid_t child;

	if (geteuid() != 0)
		skip();
	scratch_mkdir("root");
	child = child_start(ARRAY("chroot", scratch_full_path("root")),
			    ARRAY("A=1"));
	assert_true(chk_proc_read(child, &proc, NULL));
	assert_non_null(strstr(proc.root, "/root"));
	assert_string_equal(proc.directory, "/");
	chk_proc_clear(&proc);
	child_end(child);
}

int main(int count, char **arguments)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_child_is_read_as_it_was_started),
		cmocka_unit_test(the_start_is_a_moment_ago),
		cmocka_unit_test(a_process_that_ended_is_not_found),
		cmocka_unit_test(another_users_process_is_refused_by_name),
		cmocka_unit_test(
			a_process_below_another_root_has_it_before_its_paths),
	};

	child_main(count, arguments);
	return cmocka_run_group_tests_name("store/proc_file", tests,
					   scratch_begin, scratch_end);
}
