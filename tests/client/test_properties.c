/* tests/client/test_properties.c: files of java.util.Properties. */
#include "support/test.h"

#include <stdio.h>

#include "client/properties.h"

struct found {
	char text[512];
};

static bool note(void *context, const char *key, const char *value,
		 size_t line)
{
	struct found *found = context;
	size_t size = strlen(found->text);

	snprintf(found->text + size, sizeof(found->text) - size,
		 "%zu[%s][%s]", line, key, value);
	return true;
}

static void expect(const char *text, const char *wanted)
{
	struct found found = { "" };

	assert_true(chk_properties_read(chk_bytes_of(text, strlen(text)), note,
					&found));
	assert_string_equal(found.text, wanted);
}

/* The examples of java.util.Properties, load(Reader). */
static void the_examples_of_the_class_are_read(void **state)
{
	expect("Truth = Beauty\n Truth:Beauty\nTruth\t\t\t:Beauty\n",
	       "1[Truth][Beauty]2[Truth][Beauty]3[Truth][Beauty]");
	expect("fruits apple, banana, pear, \\\n"
	       "       cantaloupe, watermelon, \\\n"
	       "       kiwi, mango\n",
	       "1[fruits][apple, banana, pear, cantaloupe, watermelon, kiwi, "
	       "mango]");
	expect("cheeses\n", "1[cheeses][]");
}

static void comments_and_empty_lines_are_passed_over(void **state)
{
	expect("# a=b \\\n! c=d\n\n  \n  # e\nf=g", "6[f][g]");
	expect("", "");
}

static void escapes_are_taken_away(void **state)
{
	expect("a\\=b=c\\u0041\\n\\q\n", "1[a=b][cA\nq]");
	expect("k=\\u00e9\\u", "1[k][??]");
	expect("k=v\\", "1[k][v]");
}

static void lines_end_in_three_ways(void **state)
{
	expect("a=1\r\nb=2\rc=3\n", "1[a][1]2[b][2]3[c][3]");
	expect("a=1\\\r\n  2\nb=3", "1[a][12]3[b][3]");
}

static bool refuse(void *context, const char *key, const char *value,
		   size_t line)
{
	return false;
}

static void a_visitor_ends_it(void **state)
{
	assert_false(chk_properties_read(BYTES("a=b"), refuse, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_examples_of_the_class_are_read),
		cmocka_unit_test(comments_and_empty_lines_are_passed_over),
		cmocka_unit_test(escapes_are_taken_away),
		cmocka_unit_test(lines_end_in_three_ways),
		cmocka_unit_test(a_visitor_ends_it),
	};

	return cmocka_run_group_tests_name("client/properties", tests, NULL,
					   NULL);
}
