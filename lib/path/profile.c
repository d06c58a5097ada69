/* lib/path/profile.c: where verifiers differ, a row a way of judging. */
#include "path/profile.h"

#include <chaincheck/verify.h>

#include "path/forms.h"

/*
 * Whoever signs the key exchange needs the first, who decrypts what the client
 * sends the second (RFC 5280 4.2.1.3).
 */
#define SIGNS CHK_USAGE_DIGITAL_SIGNATURE
#define DECRYPTS CHK_USAGE_KEY_ENCIPHERMENT
#define AGREES (CHK_USAGE_KEY_ENCIPHERMENT | CHK_USAGE_KEY_AGREEMENT)
#define SERVES (CHK_USAGE_DIGITAL_SIGNATURE | CHK_USAGE_KEY_ENCIPHERMENT | \
		CHK_USAGE_KEY_AGREEMENT)

/*
 * What each is for stands at chk_profile_name. Those of clients are what was
 * seen of them: tests/peers/clients.sh holds them against the real ones.
 */
static const struct chk_profile PROFILES[] = {
	{ .name = "web", .strength = "medium" },
	{ .name = "rfc5280", .strength = "medium",
	  .forms = CHK_FORMS_RFC5280, .issued_leaf = true, .key_ids = true },
	{ .name = "baseline", .strength = "medium",
	  .forms = CHK_FORMS_RFC5280 | CHK_FORMS_BASELINE,
	  .issued_leaf = true, .key_ids = true },
	{ .name = "legacy", .strength = "legacy", .dsa = true },
	{ .name = "java", .strength = "java", .leaf_usages = SIGNS,
	  .decrypting_usages = DECRYPTS, .common_name = true },
	{ .name = "openssl", .strength = "medium", .leaf_usages = SERVES,
	  .decrypting_usages = SERVES, .common_name = true },
	{ .name = "openssl-strict", .strength = "medium",
	  .forms = CHK_FORMS_OPENSSL, .leaf_usages = SERVES,
	  .decrypting_usages = SERVES, .common_name = true },
	{ .name = "gnutls", .strength = "low", .leaf_usages = SIGNS,
	  .decrypting_usages = AGREES, .common_name = true,
	  .must_staple = true },
	{ .name = "git", .strength = "low", .leaf_usages = SIGNS,
	  .decrypting_usages = AGREES, .no_ext_usage = true,
	  .common_name = true, .must_staple = true },
	{ .name = "wget", .strength = "low", .no_ext_usage = true,
	  .common_name = true, .must_staple = true },
	{ .name = "go", .strength = "low" },
	{ .name = "chromium", .strength = "low", .leaf_usages = SIGNS,
	  .decrypting_usages = DECRYPTS },
	{ .name = "firefox", .strength = "low", .leaf_usages = SERVES,
	  .decrypting_usages = SERVES, .must_staple = true },
};

const struct chk_profile *chk_profile_get(size_t i)
{
	return i < CHK_COUNT(PROFILES) ? &PROFILES[i] : NULL;
}

const struct chk_profile *chk_profile_find(const char *name)
{
	if (!name)
		return &PROFILES[0];
	for (size_t i = 0; i < CHK_COUNT(PROFILES); i++) {
		if (strcmp(PROFILES[i].name, name) == 0)
			return &PROFILES[i];
	}
	return NULL;
}

const char *chk_profile_name(size_t i)
{
	const struct chk_profile *profile = chk_profile_get(i);

	return profile ? profile->name : NULL;
}
