/* lib/fetch/request.c: the CertificateRequest of each version of TLS. */
#include "fetch/request.h"

#include "cert/dn.h"
#include "fetch/wire.h"

/* RFC 8446 section 4.2. */
enum {
	EXTENSION_SIGNATURES = 13,
	EXTENSION_AUTHORITIES = 47,
	EXTENSION_CERT_SIGNATURES = 50,
};

struct reading {
	struct chk_request *request;
	struct chk_arena *arena;
};

static void fault(struct reading *reading, const char *what)
{
	if (!reading->request->fault)
		reading->request->fault = what;
}

/* DistinguishedName authorities<0..2^16-1>, each with two bytes of length. */
static void read_issuers(struct reading *reading, struct chk_bytes list)
{
	struct chk_request *request = reading->request;
	struct chk_bytes name;

	request->issuers = chk_arena_array(reading->arena,
					   CHK_REQUEST_ISSUERS_MAX,
					   sizeof(*request->issuers));
	while (request->issuers && list.size) {
		if (!chk_wire_take_vector(&list, 2, &name)) {
			fault(reading, "its list of CAs ends in the middle");
			return;
		}
		if (request->issuer_count == CHK_REQUEST_ISSUERS_MAX ||
		    !chk_dn_check(name, NULL))
			request->issuers_left_out++;
		else
			request->issuers[request->issuer_count++] =
				chk_arena_bytes(reading->arena, name);
	}
}

static void read_schemes(struct reading *reading, struct chk_bytes list,
			 uint16_t **schemes, size_t *count)
{
	size_t number;

	*count = 0;
	*schemes = chk_arena_array(reading->arena, CHK_REQUEST_SIGNATURES_MAX,
				   sizeof(**schemes));
	while (*schemes && list.size && *count < CHK_REQUEST_SIGNATURES_MAX) {
		if (!chk_wire_take(&list, 2, &number)) {
			fault(reading, "its list of signatures has an odd "
				       "length");
			return;
		}
		(*schemes)[(*count)++] = (uint16_t)number;
	}
}

/* RFC 8446 section 4.2: of each type one at most. */
static bool came_before(const struct chk_request *request, size_t type)
{
	return (type == EXTENSION_AUTHORITIES && request->issuers) ||
	       (type == EXTENSION_SIGNATURES && request->signatures) ||
	       (type == EXTENSION_CERT_SIGNATURES && request->cert_signatures);
}

static void read_extension(struct reading *reading, size_t type,
			   struct chk_bytes content)
{
	struct chk_request *request = reading->request;
	struct chk_bytes list;

	if (type != EXTENSION_SIGNATURES && type != EXTENSION_AUTHORITIES &&
	    type != EXTENSION_CERT_SIGNATURES)
		return;
	if (came_before(request, type))
		fault(reading, "an extension of it comes twice");
	else if (!chk_wire_take_vector(&content, 2, &list) || content.size)
		fault(reading, "an extension of it has a wrong length");
	else if (type == EXTENSION_AUTHORITIES)
		read_issuers(reading, list);
	else if (type == EXTENSION_SIGNATURES)
		read_schemes(reading, list, &request->signatures,
			     &request->signature_count);
	else
		read_schemes(reading, list, &request->cert_signatures,
			     &request->cert_signature_count);
}

static void read_tls13(struct reading *reading, struct chk_bytes body)
{
	struct chk_bytes context, extensions, content;
	size_t type;

	if (!chk_wire_take_vector(&body, 1, &context) ||
	    !chk_wire_take_vector(&body, 2, &extensions)) {
		fault(reading, "it ends before its extensions do");
		return;
	}
	while (extensions.size) {
		if (!chk_wire_take(&extensions, 2, &type) ||
		    !chk_wire_take_vector(&extensions, 2, &content)) {
			fault(reading, "its extensions end in the middle");
			return;
		}
		read_extension(reading, type, content);
	}
}

static void read_older(struct reading *reading, struct chk_bytes body)
{
	struct chk_request *request = reading->request;
	struct chk_bytes types, list;

	if (!chk_wire_take_vector(&body, 1, &types)) {
		fault(reading, "it ends before its certificate types do");
		return;
	}
	request->types = chk_arena_bytes(reading->arena, types);
	if (request->form == CHK_REQUEST_TLS_1_2) {
		if (!chk_wire_take_vector(&body, 2, &list)) {
			fault(reading, "it ends before its signatures do");
			return;
		}
		read_schemes(reading, list, &request->signatures,
			     &request->signature_count);
	}
	if (chk_wire_take_vector(&body, 2, &list))
		read_issuers(reading, list);
	else
		fault(reading, "it ends before its list of CAs does");
}

bool chk_request_read(struct chk_request *request, struct chk_bytes body,
		      enum chk_request_form form, struct chk_arena *arena)
{
	struct reading reading = { request, arena };

	*request = (struct chk_request){ .form = form };
	if (form == CHK_REQUEST_TLS_1_3)
		read_tls13(&reading, body);
	else
		read_older(&reading, body);
	return !arena->failed;
}

bool chk_request_lists(const struct chk_request *request,
		       const struct chk_chain *chain)
{
	for (size_t i = 0; i < chain->count; i++) {
		for (size_t j = 0; j < request->issuer_count; j++) {
			if (chk_dn_match(chain->items[i].cert->issuer,
					 request->issuers[j]))
				return true;
		}
	}
	return false;
}
