/* cli/credentials.c: the client's certificates, opened. */
#include "config.h"

#include "credentials.h"

#include <stdlib.h>

#include "complain.h"

static enum exit_status open_pair(const struct options *options, size_t i,
				  const char *pass,
				  struct chk_credential **credential)
{
	const struct cert_and_key *pair = &options->certs[i];
	const struct chk_credential_source source = {
		.cert = pair->cert,
		.key = pair->key,
		.password = pass,
		.module = options->module,
	};
	struct chk_error error;

	if (pair->cert == NULL) {
		complain("--key", "stands without a --cert");
		return STATUS_USAGE;
	}
	if (chk_credential_open(&source, credential, &error))
		return STATUS_TRUSTED;
	if (error.code == CHK_ERROR_PASSWORD && pass == NULL) {
		complain(error.where, "%s; --pass names where it is",
			 error.what);
		return STATUS_UNDECIDED;
	}
	return complain_error(pair->cert, &error);
}

enum exit_status credentials_open(const struct options *options,
				  const char *pass,
				  struct credentials *credentials)
{
	enum exit_status status = STATUS_TRUSTED;

	if (options->cert_count == 0)
		return status;
	credentials->items = calloc(options->cert_count,
				    sizeof(*credentials->items));
	if (credentials->items == NULL)
		die_of_memory();
	for (size_t i = 0;
	     i < options->cert_count && status == STATUS_TRUSTED; i++) {
		status = open_pair(options, i, pass, &credentials->items[i]);
		credentials->count += status == STATUS_TRUSTED;
	}
	return status;
}

void credentials_set(const struct credentials *credentials,
		     struct chk_target *target)
{
	target->credentials =
		(const struct chk_credential *const *)credentials->items;
	target->credential_count = credentials->count;
}

void credentials_close(struct credentials *credentials)
{
	for (size_t i = 0; i < credentials->count; i++)
		chk_credential_free(credentials->items[i]);
	free(credentials->items);
	*credentials = (struct credentials){ 0 };
}
