/* cli/options_client.c: what goes with --client, and what does not. */
#include "config.h"

#include "options.h"

#include <string.h>

#include "complain.h"

/* What says how a chain is judged means nothing where none is. */
bool options_hold_client(const struct options *options, unsigned applies)
{
	bool judged = options->trust.count > 0 || options->no_system ||
		options->untrusted.count > 0 ||
		options->verify_hostname != NULL ||
		options->verify_ip != NULL || options->at_set ||
		/* They may be of the client's own certificate. */
		(options->cert_count == 0 && (options->module != NULL ||
					      options->pass != NULL));

	if (applies == APPLIES_HANDSHAKE && options->root != NULL &&
	    (options->clients.count == 0 || options->operands.count > 0)) {
		complain("--root", "is for --client here, without a host");
		return false;
	}
	if (options->clients.count > 0) {
		if (options->fix == NULL && options->priority == NULL &&
		    options->tls_min == CHK_TLS_ANY &&
		    options->tls_max == CHK_TLS_ANY)
			return true;
		complain("--client", "has versions and ciphers of its own, "
			 "and mends nothing: no --tls-min, --tls-max, "
			 "--priority, --fix");
		return false;
	}
	if (applies != APPLIES_HANDSHAKE || !judged)
		return true;
	complain("handshake", "judges no certificate without --client");
	return false;
}

bool options_list_clients(const struct options *options)
{
	return options->clients.count == 1 &&
	       strcmp(options->clients.items[0], "list") == 0;
}
