/* lib/store/token.c: objects and attributes of a PKCS#11 token, bounded. */
#include "store/token.h"

#include "base/array.h"

#define OBJECTS_MAX 100000
#define VALUE_MAX (1u << 20) /* bytes; a certificate may have no more */
#define BATCH 64

bool chk_token_failed(struct chk_error *error, const char *where, CK_RV rv,
		      const char *what)
{
	if (rv == CKR_HOST_MEMORY)
		return chk_error_memory(error);
	if (rv == CKR_USER_NOT_LOGGED_IN)
		return chk_error_set(error, CHK_ERROR_PASSWORD, where,
				     "%s: the token wants its PIN first", what);
	return chk_error_set(error, CHK_ERROR_TOKEN, where, "%s: %s", what,
			     p11_kit_strerror(rv));
}

/* How modules say that they never heard of a class. */
static bool is_unknown_class(CK_RV rv)
{
	return rv == CKR_ATTRIBUTE_VALUE_INVALID ||
	       rv == CKR_ATTRIBUTE_TYPE_INVALID ||
	       rv == CKR_TEMPLATE_INCONSISTENT;
}

static bool add_batch(struct chk_handles *handles,
		      const CK_OBJECT_HANDLE *batch, CK_ULONG count)
{
	for (CK_ULONG i = 0; i < count; i++) {
		if (!chk_array_grow(&handles->items, handles->count,
				    &handles->room, sizeof(*handles->items)))
			return false;
		handles->items[handles->count++] = batch[i];
	}
	return true;
}

static bool find_all(const struct chk_token *token,
		     struct chk_handles *handles, struct chk_error *error)
{
	CK_OBJECT_HANDLE batch[BATCH];
	CK_ULONG count;

	for (;;) {
		CK_RV rv = token->module->C_FindObjects(token->session, batch,
							BATCH, &count);

		if (rv != CKR_OK)
			return chk_token_failed(error, token->name, rv,
						"the objects cannot be listed");
		if (count == 0)
			return true;
		if (count > BATCH || handles->count + count > OBJECTS_MAX)
			return chk_error_set(error, CHK_ERROR_TOO_LARGE,
					     token->name,
					     "more than %d objects",
					     OBJECTS_MAX);
		if (!add_batch(handles, batch, count))
			return chk_error_memory(error);
	}
}

bool chk_token_find(const struct chk_token *token, CK_ATTRIBUTE *template,
		    size_t count, struct chk_handles *handles,
		    struct chk_error *error)
{
	CK_RV rv = token->module->C_FindObjectsInit(token->session, template,
						    count);
	bool ok;

	if (is_unknown_class(rv))
		return true;
	if (rv != CKR_OK)
		return chk_token_failed(error, token->name, rv,
					"the objects cannot be listed");
	ok = find_all(token, handles, error);
	token->module->C_FindObjectsFinal(token->session);
	return ok;
}

/* True with .data NULL: the object has no such attribute. */
static bool is_absent(CK_RV rv, const CK_ATTRIBUTE *attribute)
{
	return rv == CKR_ATTRIBUTE_TYPE_INVALID ||
	       rv == CKR_ATTRIBUTE_SENSITIVE ||
	       (rv == CKR_OK && attribute->ulValueLen > VALUE_MAX);
}

static bool read_value(const struct chk_token *token, CK_OBJECT_HANDLE object,
		       CK_ATTRIBUTE *attribute, struct chk_arena *arena,
		       struct chk_error *error)
{
	CK_ULONG room;
	CK_RV rv = token->module->C_GetAttributeValue(token->session, object,
						      attribute, 1);

	if (is_absent(rv, attribute))
		return true;
	if (rv != CKR_OK)
		return chk_token_failed(error, token->name, rv,
					"an object cannot be read");
	room = attribute->ulValueLen;
	attribute->pValue = chk_arena_get(arena, room ? room : 1);
	if (!attribute->pValue)
		return chk_error_memory(error);
	rv = token->module->C_GetAttributeValue(token->session, object,
						attribute, 1);
	if (rv == CKR_OK && attribute->ulValueLen <= room)
		return true;
	return chk_token_failed(error, token->name,
				rv == CKR_OK ? CKR_BUFFER_TOO_SMALL : rv,
				"an object cannot be read");
}

bool chk_token_values(const struct chk_token *token, CK_OBJECT_HANDLE object,
		      const CK_ATTRIBUTE_TYPE *types, size_t count,
		      struct chk_arena *arena, struct chk_bytes *values,
		      struct chk_error *error)
{
	for (size_t i = 0; i < count; i++) {
		CK_ATTRIBUTE attribute = { types[i], NULL, 0 };

		/* One by one: some modules stop at the first they lack. */
		if (!read_value(token, object, &attribute, arena, error))
			return false;
		values[i] = attribute.pValue ?
			    chk_bytes_of(attribute.pValue,
					 attribute.ulValueLen) :
			    chk_bytes_of(NULL, 0);
	}
	return true;
}

bool chk_token_is_true(struct chk_bytes value)
{
	return value.data && value.size == sizeof(CK_BBOOL) &&
	       value.data[0] != CK_FALSE;
}

CK_ULONG chk_token_number(struct chk_bytes value, CK_ULONG otherwise)
{
	CK_ULONG number;

	if (!value.data || value.size != sizeof(number))
		return otherwise;
	memcpy(&number, value.data, sizeof(number));
	return number;
}

const char *chk_token_pin_refusal(CK_FLAGS flags)
{
	if (flags & CKF_USER_PIN_LOCKED)
		return "the PIN is locked after too many wrong ones";
	if (flags & CKF_USER_PIN_FINAL_TRY)
		return "one wrong PIN more would lock the token; the PIN was "
		       "not tried";
	return NULL;
}
