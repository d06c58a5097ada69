/*
 * lib/report/client_json.c: what a server asked of its client;
 * doc/handshake.schema.json has it.
 */
#include "report/client_json.h"

#include "cert/dn.h"
#include "diagnosis/client_words.h"
#include "report/cert_json.h"

/* Numbers, and the names that IANA has for them. */
static void write_schemes(struct chk_json *json, const uint16_t *schemes,
			  size_t count)
{
	chk_json_array(json, "signature_algorithms");
	for (size_t i = 0; i < count; i++) {
		chk_json_object(json, NULL);
		chk_json_number(json, "number", schemes[i]);
		chk_json_text(json, "name", chk_client_scheme(schemes[i]));
		chk_json_end_object(json);
	}
	chk_json_end_array(json);
}

static void write_request(struct chk_json *json,
			  const struct chk_presented *presented)
{
	const struct chk_request *request = &presented->request;

	if (!presented->client_certificate_wanted) {
		chk_json_null(json, "client_certificate_request");
		return;
	}
	chk_json_object(json, "client_certificate_request");
	chk_json_array(json, "issuers");
	for (size_t i = 0; i < request->issuer_count; i++) {
		struct chk_buffer name = { 0 };

		chk_dn_text(&name, request->issuers[i]);
		json->buffer->failed |= name.failed;
		chk_json_text(json, NULL, name.data ? name.data : "");
		chk_buffer_clear(&name);
	}
	chk_json_end_array(json);
	chk_json_number(json, "issuers_left_out",
			(int64_t)request->issuers_left_out);
	write_schemes(json, request->signatures, request->signature_count);
	chk_json_array(json, "certificate_types");
	for (size_t i = 0; i < request->types.size; i++)
		chk_json_number(json, NULL, request->types.data[i]);
	chk_json_end_array(json);
	chk_json_text(json, "fault", request->fault);
	chk_json_end_object(json);
}

/* Of those at hand, whether each was sent, and what speaks against it. */
static void write_at_hand(struct chk_json *json,
			  const struct chk_presented *presented)
{
	struct chk_arena arena = { 0 };

	chk_json_array(json, "client_certificates");
	for (size_t i = 0; i < presented->at_hand_count; i++) {
		const struct chk_at_hand *at_hand = &presented->at_hand[i];
		const char *against = chk_client_misfits(&arena, at_hand);

		chk_json_object(json, NULL);
		chk_json_text(json, "source", at_hand->where);
		chk_json_bool(json, "sent", at_hand->sent);
		chk_json_text(json, "against", *against ? against : NULL);
		chk_json_number(json, "chain_length",
				(int64_t)at_hand->count);
		chk_json_object(json, "certificate");
		chk_json_cert_members(json, at_hand->leaf);
		chk_json_end_object(json);
		chk_json_end_object(json);
	}
	chk_json_end_array(json);
	json->buffer->failed |= arena.failed;
	chk_arena_clear(&arena);
}

void chk_json_client_members(struct chk_json *json,
			     const struct chk_presented *presented)
{
	write_request(json, presented);
	write_at_hand(json, presented);
}
