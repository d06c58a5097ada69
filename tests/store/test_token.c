/* tests/store/test_token.c: lib/store/token.c, with a module of our own. */
#include "support/test.h"

#include <stdlib.h>

#include "store/token.h"

/* What the module answers; each test sets what it is about. */
static struct {
	CK_RV init, find, get;
	CK_ULONG objects, found; /* how many there are, and were given */
	const char *value;
	CK_ULONG size;
	CK_ULONG grown; /* what the size has become at the second asking */
	int finals;
} fake;

static CK_RV find_init(CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR template,
		       CK_ULONG count)
{
	return fake.init;
}

static CK_RV find_objects(CK_SESSION_HANDLE session,
			  CK_OBJECT_HANDLE_PTR objects, CK_ULONG room,
			  CK_ULONG_PTR count)
{
	for (*count = 0; *count < room && fake.found < fake.objects; ++*count)
		objects[*count] = ++fake.found;
	return fake.find;
}

static CK_RV find_final(CK_SESSION_HANDLE session)
{
	fake.finals++;
	return CKR_OK;
}

static CK_RV get_value(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object,
		       CK_ATTRIBUTE_PTR attribute, CK_ULONG count)
{
	if (fake.get != CKR_OK)
		return fake.get;
	if (attribute->pValue && fake.grown) {
		attribute->ulValueLen = fake.grown;
		return CKR_OK;
	}
	if (attribute->pValue)
		memcpy(attribute->pValue, fake.value, fake.size);
	attribute->ulValueLen = fake.size;
	return CKR_OK;
}

static CK_FUNCTION_LIST functions = {
	.C_FindObjectsInit = find_init,
	.C_FindObjects = find_objects,
	.C_FindObjectsFinal = find_final,
	.C_GetAttributeValue = get_value,
};
static const struct chk_token TOKEN = { .module = &functions, .name = "fake" };

static bool find(struct chk_handles *handles, struct chk_error *error)
{
	return chk_token_find(&TOKEN, NULL, 0, handles, error);
}

static int begin(void **state)
{
	memset(&fake, 0, sizeof(fake));
	return 0;
}

static void objects_come_in_batches_and_all(void **state)
{
	struct chk_handles handles = { 0 };

	fake.objects = 1000;
	assert_true(find(&handles, NULL));
	assert_int_equal(handles.count, 1000);
	assert_int_equal(handles.items[999], 1000);
	assert_int_equal(fake.finals, 1);
	free(handles.items);
}

static void a_token_without_end_is_refused(void **state)
{
	struct chk_handles handles = { 0 };
	struct chk_error error;

	fake.objects = (CK_ULONG)-1;
	assert_false(find(&handles, &error));
	assert_int_equal(error.code, CHK_ERROR_TOO_LARGE);
	assert_int_equal(fake.finals, 1);
	free(handles.items);
}

static void a_class_that_is_not_known_has_no_objects(void **state)
{
	struct chk_handles handles = { 0 };

	fake.init = CKR_ATTRIBUTE_VALUE_INVALID;
	assert_true(find(&handles, NULL));
	assert_int_equal(handles.count, 0);
}

static void a_token_that_fails_is_an_error(void **state)
{
	struct chk_handles handles = { 0 };
	struct chk_error error;

	fake.init = CKR_DEVICE_REMOVED;
	assert_false(find(&handles, &error));
	assert_int_equal(error.code, CHK_ERROR_TOKEN);
	assert_string_equal(error.where, "fake");
	fake.init = CKR_USER_NOT_LOGGED_IN;
	assert_false(find(&handles, &error));
	assert_int_equal(error.code, CHK_ERROR_PASSWORD);
	fake.init = CKR_OK;
	fake.find = CKR_DEVICE_ERROR;
	assert_false(find(&handles, &error));
	assert_int_equal(error.code, CHK_ERROR_TOKEN);
	free(handles.items);
}

static bool get(struct chk_arena *arena, struct chk_bytes *value,
		struct chk_error *error)
{
	static const CK_ATTRIBUTE_TYPE TYPES[] = { CKA_VALUE };

	return chk_token_values(&TOKEN, 1, TYPES, 1, arena, value, error);
}

static void a_value_is_read(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_bytes value;

	fake.value = "abc";
	fake.size = 3;
	assert_true(get(&arena, &value, NULL));
	assert_true(chk_bytes_equal(value, BYTES("abc")));
	chk_arena_clear(&arena);
}

static void what_is_absent_secret_or_huge_has_no_data(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_bytes value;

	fake.get = CKR_ATTRIBUTE_TYPE_INVALID;
	assert_true(get(&arena, &value, NULL));
	assert_null(value.data);
	fake.get = CKR_ATTRIBUTE_SENSITIVE;
	assert_true(get(&arena, &value, NULL));
	assert_null(value.data);
	fake.get = CKR_OK;
	fake.size = (2u << 20);
	assert_true(get(&arena, &value, NULL));
	assert_null(value.data);
	fake.size = CK_UNAVAILABLE_INFORMATION;
	assert_true(get(&arena, &value, NULL));
	assert_null(value.data);
	chk_arena_clear(&arena);
}

static void a_value_that_grows_meanwhile_is_an_error(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_bytes value;
	struct chk_error error;

	fake.size = 8;
	fake.grown = 9;
	assert_false(get(&arena, &value, &error));
	assert_int_equal(error.code, CHK_ERROR_TOKEN);
	chk_arena_clear(&arena);
}

static void values_of_the_wrong_size_say_nothing(void **state)
{
	static const CK_ULONG SEVEN = 7;

	assert_true(chk_token_is_true(BYTES("\1")));
	assert_false(chk_token_is_true(BYTES("\0")));
	assert_false(chk_token_is_true(BYTES("\1\1")));
	assert_false(chk_token_is_true(chk_bytes_of(NULL, 0)));
	assert_int_equal(chk_token_number(chk_bytes_of(&SEVEN, sizeof(SEVEN)),
					  1), 7);
	assert_int_equal(chk_token_number(BYTES("\7"), 1), 1);
	assert_int_equal(chk_token_number(chk_bytes_of(NULL, 0), 1), 1);
}

static void the_last_try_of_a_pin_is_not_taken(void **state)
{
	assert_null(chk_token_pin_refusal(CKF_LOGIN_REQUIRED));
	assert_null(chk_token_pin_refusal(CKF_USER_PIN_COUNT_LOW));
	assert_non_null(strstr(chk_token_pin_refusal(CKF_USER_PIN_FINAL_TRY),
			       "not tried"));
	assert_non_null(strstr(chk_token_pin_refusal(CKF_USER_PIN_LOCKED |
						     CKF_USER_PIN_FINAL_TRY),
			       "is locked"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(objects_come_in_batches_and_all, begin),
		cmocka_unit_test_setup(a_token_without_end_is_refused, begin),
		cmocka_unit_test_setup(a_class_that_is_not_known_has_no_objects,
				       begin),
		cmocka_unit_test_setup(a_token_that_fails_is_an_error, begin),
		cmocka_unit_test_setup(a_value_is_read, begin),
		cmocka_unit_test_setup(
			what_is_absent_secret_or_huge_has_no_data, begin),
		cmocka_unit_test_setup(
			a_value_that_grows_meanwhile_is_an_error, begin),
		cmocka_unit_test(values_of_the_wrong_size_say_nothing),
		cmocka_unit_test(the_last_try_of_a_pin_is_not_taken),
	};

	return cmocka_run_group_tests_name("store/token", tests, NULL, NULL);
}
