/*
 * lib/store/read_pkcs11.c: certificates on PKCS#11 tokens, by URI (RFC 7512).
 * Sessions are read-only. A PIN is tried once, on one token, and never when
 * the token says that one more wrong one would lock it.
 */
#include "store/format.h"

#include <errno.h>

#include <p11-kit/uri.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/text.h"
#include "store/pin.h"
#include "store/token.h"
#include "store/token_key.h"

#define SLOTS_MAX 1024

/* The modules to look in; only those that are ours to end are ended. */
struct modules {
	CK_FUNCTION_LIST **items; /* NULL behind the last */
	bool configured;          /* by p11-kit, and not by a path */
	bool *started;
};

/* A token that the URI matches. */
struct match {
	CK_FUNCTION_LIST *module;
	CK_SLOT_ID slot;
	CK_TOKEN_INFO info;
};

struct search {
	struct chk_store *store;
	const struct chk_store_options *options;
	struct chk_error *error;
	const char *where; /* the URI without its PIN */
	P11KitUri *uri;
	struct modules modules;
	struct match *matches;
	size_t count, room;
	struct chk_buffer *spki; /* of a key that is wanted; NULL: anchors */
	struct chk_buffer others; /* tokens that are there and do not match */
};

static void modules_end(struct modules *modules)
{
	for (size_t i = 0; modules->items && modules->items[i]; i++)
		if (modules->started && modules->started[i])
			p11_kit_module_finalize(modules->items[i]);
	free(modules->started);
	if (modules->items && modules->configured)
		p11_kit_modules_release(modules->items);
	else if (modules->items) {
		if (modules->items[0])
			p11_kit_module_release(modules->items[0]);
		free(modules->items);
	}
}

static void cleanup_search(struct search *search)
{
	modules_end(&search->modules);
	if (search->uri)
		p11_kit_uri_free(search->uri);
	free(search->matches);
	chk_buffer_clear(&search->others);
}

/* Hostile: space padded, perhaps not UTF-8. */
static void add_label(struct chk_buffer *buffer, const CK_TOKEN_INFO *info)
{
	chk_text_escape(buffer, chk_bytes_of(info->label,
		p11_kit_space_strlen(info->label, sizeof(info->label))));
}

static bool load_path(struct search *search, const char *path)
{
	struct modules *modules = &search->modules;
	const char *why;

	modules->items = calloc(2, sizeof(*modules->items));
	if (!modules->items)
		return chk_error_memory(search->error);
	modules->items[0] = p11_kit_module_load(path, 0);
	if (modules->items[0])
		return true;
	why = p11_kit_message();
	return chk_error_set(search->error, CHK_ERROR_TOKEN, path,
			     "the PKCS#11 module cannot be loaded: %s",
			     why ? why : "p11-kit does not say why");
}

static bool load_configured(struct search *search)
{
	const char *why;

	search->modules.configured = true;
	search->modules.items = p11_kit_modules_load(NULL, 0);
	if (search->modules.items)
		return true;
	why = p11_kit_message();
	return chk_error_set(search->error, CHK_ERROR_TOKEN, search->where,
			     "p11-kit cannot load its modules: %s",
			     why ? why : "it does not say why");
}

/* `path` is the module to look in, above all others; NULL: none is named. */
static bool load_modules(struct search *search, const char *path)
{
	if (!path)
		path = search->options->module;

	if (!path)
		path = p11_kit_uri_get_module_path(search->uri);
	return path ? load_path(search, path) : load_configured(search);
}

/* One module of several that does not start is a note, the only one fatal. */
static bool start_failed(struct search *search, size_t i, CK_RV rv)
{
	CHK_CLEANUP(chk_cleanup_free) char *name =
		p11_kit_module_get_filename(search->modules.items[i]);
	const char *where = name ? name : search->where;

	if (!search->modules.configured)
		return chk_token_failed(search->error, where, rv,
					"the PKCS#11 module does not start");
	return chk_store_note_add(search->store, where,
				  "the PKCS#11 module does not start: %s",
				  p11_kit_strerror(rv)) ||
	       chk_error_memory(search->error);
}

static bool start_modules(struct search *search)
{
	struct modules *modules = &search->modules;
	size_t count = 0;

	while (modules->items[count])
		count++;
	modules->started = calloc(count + 1, sizeof(*modules->started));
	if (!modules->started)
		return chk_error_memory(search->error);
	for (size_t i = 0; i < count; i++) {
		CK_RV rv = p11_kit_module_initialize(modules->items[i]);

		modules->started[i] = rv == CKR_OK;
		if (rv != CKR_OK && !start_failed(search, i, rv))
			return false;
	}
	return true;
}

static bool add_match(struct search *search, const struct match *match)
{
	if (!chk_array_grow(&search->matches, search->count, &search->room,
			    sizeof(*search->matches)))
		return chk_error_memory(search->error);
	search->matches[search->count++] = *match;
	return true;
}

/* slot-id, slot-description and slot-manufacturer of the URI. */
static bool is_slot_wanted(const struct search *search,
			   CK_FUNCTION_LIST *module, CK_SLOT_ID slot)
{
	CK_SLOT_ID id = p11_kit_uri_get_slot_id(search->uri);
	CK_SLOT_INFO info;

	if (id != (CK_SLOT_ID)-1 && id != slot)
		return false;
	return module->C_GetSlotInfo(slot, &info) == CKR_OK &&
	       p11_kit_uri_match_slot_info(search->uri, &info);
}

/* module-name, library-description, -manufacturer and -version. */
static bool is_module_wanted(const struct search *search,
			     CK_FUNCTION_LIST *module)
{
	const char *wanted = p11_kit_uri_get_module_name(search->uri);
	CHK_CLEANUP(chk_cleanup_free) char *name =
		p11_kit_module_get_name(module);
	CK_INFO info;

	/* One that is loaded by its path has no name. */
	if (wanted && search->modules.configured &&
	    (!name || strcmp(name, wanted) != 0))
		return false;
	return module->C_GetInfo(&info) == CKR_OK &&
	       p11_kit_uri_match_module_info(search->uri, &info);
}

/*
 * A token is there, and is no empty one. The one of libnssckbi cannot be
 * written to, and never calls itself initialised.
 */
static bool is_filled(const CK_TOKEN_INFO *info)
{
	return info->flags & (CKF_TOKEN_INITIALIZED | CKF_WRITE_PROTECTED);
}

static bool look_at_slot(struct search *search, CK_FUNCTION_LIST *module,
			 CK_SLOT_ID slot)
{
	struct match match = { .module = module, .slot = slot };

	if (module->C_GetTokenInfo(slot, &match.info) != CKR_OK ||
	    !is_filled(&match.info))
		return true;
	if (p11_kit_uri_match_token_info(search->uri, &match.info) &&
	    is_slot_wanted(search, module, slot))
		return add_match(search, &match);
	chk_buffer_text(&search->others, search->others.size ? ", «" : "«");
	add_label(&search->others, &match.info);
	chk_buffer_text(&search->others, "»");
	return true;
}

static bool look_at_module(struct search *search, CK_FUNCTION_LIST *module)
{
	CK_SLOT_ID slots[SLOTS_MAX];
	CK_ULONG count = SLOTS_MAX;
	CK_RV rv;

	if (!is_module_wanted(search, module))
		return true;
	rv = module->C_GetSlotList(CK_TRUE, slots, &count);
	if (rv != CKR_OK)
		return chk_store_note_add(search->store, search->where,
					  "the slots of a PKCS#11 module "
					  "cannot be listed: %s",
					  p11_kit_strerror(rv)) ||
		       chk_error_memory(search->error);
	for (CK_ULONG i = 0; i < count && i < SLOTS_MAX; i++)
		if (!look_at_slot(search, module, slots[i]))
			return false;
	return true;
}

static bool find_tokens(struct search *search)
{
	struct modules *modules = &search->modules;

	for (size_t i = 0; modules->items[i]; i++)
		if (modules->started[i] &&
		    !look_at_module(search, modules->items[i]))
			return false;
	if (search->count)
		return true;
	if (search->others.size)
		return chk_error_set(search->error, CHK_ERROR_NOT_FOUND,
				     search->where,
				     "no such token; there is %s",
				     search->others.data);
	return chk_error_set(search->error, CHK_ERROR_NOT_FOUND, search->where,
			     "no such token, and no other is there");
}

static bool refused(struct search *search, const char *token, const char *what)
{
	return chk_error_set(search->error, CHK_ERROR_PASSWORD, token, "%s",
			     what);
}

/* What C_Login answers, in words. */
static const struct {
	CK_RV rv;
	const char *what;
} LOGINS[] = {
	{ CKR_PIN_INCORRECT, "the PIN is wrong; it was tried once" },
	{ CKR_PIN_INVALID, "the PIN is wrong: it has characters that the "
			   "token does not take" },
	{ CKR_PIN_LEN_RANGE, "the PIN is wrong: too short or too long" },
	{ CKR_PIN_LOCKED, "the PIN is locked after too many wrong ones; the "
			  "token's security officer can set a new one" },
	{ CKR_PIN_EXPIRED, "the PIN has expired and must be changed first" },
	{ CKR_USER_PIN_NOT_INITIALIZED, "the token has no PIN yet" },
};

/* *ours: it was we who logged in. */
static bool login(struct search *search, const struct match *match,
		  const struct chk_token *token, struct chk_pin *pin,
		  bool *ours)
{
	CK_FLAGS flags = match->info.flags;
	const char *refusal;
	CK_RV rv;

	if (!pin->given || !(flags & CKF_LOGIN_REQUIRED))
		return true;
	refusal = chk_token_pin_refusal(flags);
	if (refusal)
		return refused(search, token->name, refusal);
	rv = match->module->C_Login(token->session, CKU_USER,
				    (CK_UTF8CHAR_PTR)pin->text,
				    strlen(pin->text));
	*ours = rv == CKR_OK;
	if (rv == CKR_OK || rv == CKR_USER_ALREADY_LOGGED_IN)
		return true;
	for (size_t i = 0; i < CHK_COUNT(LOGINS); i++)
		if (LOGINS[i].rv == rv)
			return refused(search, token->name, LOGINS[i].what);
	return chk_token_failed(search->error, token->name, rv,
				"the login failed");
}

static bool load_token(struct search *search, const struct match *match,
		       const struct chk_token *token, struct chk_pin *pin)
{
	CK_ATTRIBUTE template[2];
	CK_ATTRIBUTE *attribute;
	size_t count = 0;
	bool ours = false, ok;

	attribute = p11_kit_uri_get_attribute(search->uri, CKA_LABEL);
	if (attribute)
		template[count++] = *attribute;
	attribute = p11_kit_uri_get_attribute(search->uri, CKA_ID);
	if (attribute)
		template[count++] = *attribute;
	if (!login(search, match, token, pin, &ours))
		return false;
	ok = search->spki ? chk_token_key(token, template, count, search->spki,
					  search->error) :
			    chk_token_load(search->store, token, template,
					   count, search->error);
	if (ours)
		match->module->C_Logout(token->session);
	return ok;
}

static bool read_token(struct search *search, const struct match *match,
		       struct chk_pin *pin)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer name = { 0 };
	struct chk_token token = { .module = match->module };
	CK_RV rv;
	bool ok;

	add_label(&name, &match->info);
	token.name = name.data ? name.data : "token";
	rv = match->module->C_OpenSession(match->slot, CKF_SERIAL_SESSION, NULL,
					  NULL, &token.session);
	if (rv != CKR_OK)
		return chk_token_failed(search->error, token.name, rv,
					"the token cannot be opened");
	ok = load_token(search, match, &token, pin);
	match->module->C_CloseSession(token.session);
	return ok;
}

/* Nothing was found: is it that nothing is shown without the PIN? */
static bool nothing(struct search *search, const struct chk_pin *pin)
{
	if (search->spki)
		return chk_error_set(search->error, CHK_ERROR_NOT_FOUND,
				     search->where, "no key of RSA or of a "
				     "curve matches on the token, or its "
				     "public half is not shown%s",
				     pin->given ? "" :
				     " without the PIN");
	for (size_t i = 0; i < search->count; i++)
		if (!pin->given &&
		    search->matches[i].info.flags & CKF_LOGIN_REQUIRED)
			return refused(search, search->where, "no certificate "
				       "is shown without the PIN of the "
				       "token, which was not given");
	return chk_error_set(search->error, CHK_ERROR_EMPTY, search->where,
			     "no certificate matches on the token");
}

static bool read_tokens(struct search *search)
{
	CHK_CLEANUP(chk_pin_wipe) struct chk_pin pin = { .given = false };

	if (!chk_pin_get(&pin, search->options->pin, search->uri,
			 search->where, search->error))
		return false;
	/* A PIN is one token's; on another it would be a wrong one. */
	if (pin.given && search->count > 1)
		return chk_error_set(search->error, CHK_ERROR_ARGUMENT,
				     search->where,
				     "%zu tokens match and one PIN is given; "
				     "name the token", search->count);
	for (size_t i = 0; i < search->count; i++)
		if (!read_token(search, &search->matches[i], &pin))
			return false;
	return (search->spki ? search->spki->size : search->store->count) ||
	       nothing(search, &pin);
}

/* Certificates, and no other class, which would never match. */
static bool check_uri(struct search *search)
{
	const CK_ATTRIBUTE *class =
		p11_kit_uri_get_attribute(search->uri, CKA_CLASS);

	if (p11_kit_uri_any_unrecognized(search->uri))
		return chk_error_set(search->error, CHK_ERROR_ARGUMENT,
				     search->where,
				     "the URI has a part that p11-kit does "
				     "not know, and would match nothing");
	/* Of a key either half may be named. */
	if (search->spki || !class)
		return true;
	if (chk_token_number(chk_bytes_of(class->pValue, class->ulValueLen),
			     CKO_CERTIFICATE) != CKO_CERTIFICATE)
		return chk_error_set(search->error, CHK_ERROR_ARGUMENT,
				     search->where,
				     "the URI asks for something other than "
				     "certificates");
	return true;
}

static bool read_modules(struct search *search, const char *module)
{
	return load_modules(search, module) && start_modules(search) &&
	       find_tokens(search) && read_tokens(search);
}

static bool read_uri(struct chk_store *store, const char *path,
		     const struct chk_store_options *options,
		     struct chk_buffer *spki, struct chk_error *error)
{
	CHK_CLEANUP(cleanup_search) struct search search = {
		.store = store, .options = options, .spki = spki,
		.error = error };
	int result;

	search.uri = p11_kit_uri_new();
	if (!search.uri)
		return chk_error_memory(error);
	result = p11_kit_uri_parse(path, P11_KIT_URI_FOR_ANY, search.uri);
	/* What cannot be read is not repeated: there may be a PIN in it. */
	if (result != P11_KIT_URI_OK)
		return chk_error_set(error, CHK_ERROR_ARGUMENT, "pkcs11:",
				     "not a PKCS#11 URI (RFC 7512): %s",
				     p11_kit_uri_message(result));
	free(store->spec);
	store->spec = chk_pin_bare_uri(path);
	if (!store->spec)
		return chk_error_memory(error);
	search.where = store->spec;
	return check_uri(&search) && read_modules(&search, NULL);
}

bool chk_read_pkcs11(struct chk_store *store, const char *path,
		     const struct chk_store_options *options,
		     struct chk_error *error)
{
	return read_uri(store, path, options, NULL, error);
}

/* The store has its notes, which are nobody's. */
bool chk_read_token_key(const char *uri,
			const struct chk_store_options *options,
			struct chk_buffer *spki, struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_store) struct chk_store *store =
		chk_store_new("key");

	return store ? read_uri(store, uri, options, spki, error) :
		       chk_error_memory(error);
}

/*
 * An empty URI matches every token that the module has. p11-kit looks for a
 * relative path among its own modules, which is not what stands there.
 */
bool chk_read_nss_module(struct chk_store *store, const char *path,
			 const struct chk_store_options *options,
			 struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_free) char *whole = realpath(path, NULL);
	CHK_CLEANUP(cleanup_search) struct search search = {
		.store = store, .options = options, .error = error,
		.where = path, .uri = p11_kit_uri_new() };

	if (!search.uri)
		return chk_error_memory(error);
	if (!whole)
		return chk_error_errno(error, CHK_ERROR_NOT_FOUND, errno, path,
				       "no such module");
	return read_modules(&search, whole);
}
