/* tests/store/test_process.c: lib/store/process.c, on children. */
#include "config.h"

#include "support/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <chaincheck/process.h>

#include "support/child.h"
#include "support/scratch.h"

#define ARRAY(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* Of the child as that runtime; both are given back by the caller. */
static struct chk_process *read_as(pid_t child, const char *runtime)
{
	struct chk_process *process;
	struct chk_error error;
	char name[64];

	snprintf(name, sizeof(name), "%ld/%s", (long)child, runtime);
	if (!chk_process_read(name, &process, &error))
		fail_msg("%s: %s", error.where, error.what);
	assert_string_equal(chk_process_runtime(process), runtime);
	return process;
}

/* The code of the step with these words; "": none, NULL: no such step. */
static const char *find_step(const struct chk_process *process,
			     const char *words)
{
	for (size_t i = 0; i < chk_process_step_count(process); i++) {
		struct chk_reason step = chk_process_step(process, i);

		if (strstr(step.text, words))
			return step.code ? step.code : "";
	}
	return NULL;
}

static void the_environment_of_the_child_counts_and_not_ours(void **state)
{
	const char *path = scratch_full_path("ca.pem");
	struct chk_process *process;
	char variable[4200], spec[4200];
	pid_t child;

	scratch_text("ca.pem", "x");
	snprintf(variable, sizeof(variable), "SSL_CERT_FILE=%s", path);
	snprintf(spec, sizeof(spec), "file:%s", path);
	setenv("SSL_CERT_FILE", "/ours", 1);
	child = child_start(ARRAY("wait"), ARRAY(variable, "SSL_CERT_DIR=/x"));
	process = read_as(child, "openssl");
	assert_int_equal(chk_process_load_count(process), 1);
	assert_string_equal(chk_process_load(process, 0).path, path);
	assert_string_equal(chk_process_load(process, 0).spec, spec);
	assert_null(chk_process_load(process, 1).path);
	assert_null(chk_process_step(process, 1000).text);
	assert_null(find_step(process, "/ours"));
	assert_string_equal(find_step(process, "/x does not exist"),
			    "store.file-missing");
	chk_process_free(process);
	child_end(child);
}

static const struct timespec MOMENT = { .tv_nsec = 60 * 1000000 };

static pid_t start_with(const char *file)
{
	char variable[4200];

	snprintf(variable, sizeof(variable), "SSL_CERT_FILE=%s",
		 scratch_full_path(file));
	return child_start(ARRAY("wait"), ARRAY(variable));
}

static void a_file_of_before_is_not_stale_and_one_of_after_is(void **state)
{
	struct chk_process *process;
	pid_t child;

	scratch_text("ca.pem", "old");
	nanosleep(&MOMENT, NULL);
	child = start_with("ca.pem");
	process = read_as(child, "openssl");
	assert_null(find_step(process, "was changed at"));
	chk_process_free(process);
	nanosleep(&MOMENT, NULL);
	scratch_text("ca.pem", "new");
	process = read_as(child, "openssl");
	assert_string_equal(find_step(process, "was changed at"),
			    "store.stale-in-process");
	chk_process_free(process);
	child_end(child);
}

static void a_file_that_took_its_place_is_stale_however_old(void **state)
{
	static const struct timespec OLD[2] = { { .tv_sec = 1 },
						{ .tv_sec = 1 } };
	struct chk_process *process;
	pid_t child;

	scratch_text("ca.pem", "old");
	scratch_text("new.pem", "new");
	child = start_with("ca.pem");
	nanosleep(&MOMENT, NULL);
	assert_int_equal(utimensat(AT_FDCWD, scratch_path("new.pem"), OLD, 0),
			 0);
	assert_int_equal(rename(scratch_path("new.pem"),
				scratch_path("ca.pem")), 0);
	process = read_as(child, "openssl");
	assert_string_equal(find_step(process, "was changed at"),
			    "store.stale-in-process");
	chk_process_free(process);
	child_end(child);
}

static void paths_lie_below_the_root_of_the_process(void **state)
{
	struct chk_process *process;
	char wanted[64];
	pid_t child;

	if (geteuid() != 0)
		skip();
	scratch_mkdir("root");
	assert_int_equal(scratch_run("cd root && mkdir -p etc/ssl usr/lib/ssl "
				     "&& echo x >etc/ssl/real.pem && ln -s "
				     "/etc/ssl/real.pem usr/lib/ssl/cert.pem"),
			 0);
	child = child_start(ARRAY("chroot", scratch_full_path("root")),
			    ARRAY("A=1"));
	process = read_as(child, "openssl");
	snprintf(wanted, sizeof(wanted), "file:/proc/%ld/root/etc/ssl/real.pem",
		 (long)child);
	assert_int_equal(chk_process_load_count(process), 1);
	assert_string_equal(chk_process_load(process, 0).path,
			    "/usr/lib/ssl/cert.pem");
	assert_string_equal(chk_process_load(process, 0).spec, wanted);
	chk_process_free(process);
	child_end(child);
}

static void check_refused(const char *name, enum chk_code code)
{
	struct chk_process *process = (void *)&process;
	struct chk_error error;

	assert_false(chk_process_read(name, &process, &error));
	assert_null(process);
	assert_int_equal(error.code, code);
}

static void what_is_no_number_is_refused(void **state)
{
	char name[64];

	check_refused(NULL, CHK_ERROR_ARGUMENT);
	check_refused("", CHK_ERROR_ARGUMENT);
	check_refused("-1", CHK_ERROR_ARGUMENT);
	check_refused("0", CHK_ERROR_ARGUMENT);
	check_refused("1x", CHK_ERROR_ARGUMENT);
	check_refused("99999999999999999999999", CHK_ERROR_ARGUMENT);
	check_refused("999999999", CHK_ERROR_NOT_FOUND);
	snprintf(name, sizeof(name), "%ld/cobol", (long)getpid());
	check_refused(name, CHK_ERROR_ARGUMENT);
	snprintf(name, sizeof(name), "%ld/", (long)getpid());
	check_refused(name, CHK_ERROR_ARGUMENT);
}

int main(int count, char **arguments)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_environment_of_the_child_counts_and_not_ours),
		cmocka_unit_test(
			a_file_of_before_is_not_stale_and_one_of_after_is),
		cmocka_unit_test(
			a_file_that_took_its_place_is_stale_however_old),
		cmocka_unit_test(paths_lie_below_the_root_of_the_process),
		cmocka_unit_test(what_is_no_number_is_refused),
	};

	child_main(count, arguments);
	return cmocka_run_group_tests_name("store/process", tests,
					   scratch_begin, scratch_end);
}
