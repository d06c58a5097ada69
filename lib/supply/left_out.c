/* lib/supply/left_out.c: what an import of known CAs did not take. */
#include "supply/left_out.h"

#include "base/cleanup.h"
#include "base/text.h"
#include "cert/dn.h"

void chk_left_out(struct chk_known_gain *gain, size_t at, const char *why,
		  struct chk_bytes name)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	struct chk_known_left_out *left_out;

	if (gain->skipped++ >= CHK_KNOWN_LEFT_OUT)
		return;
	left_out = &gain->left_out[gain->skipped - 1];
	left_out->at = at;
	chk_buffer_text(&text, why);
	if (name.data) {
		chk_buffer_text(&text, ": «");
		chk_dn_short(&text, name);
		chk_buffer_text(&text, "»");
	}
	if (!text.failed)
		chk_text_escape_into(left_out->what, sizeof(left_out->what),
				     text.data, text.size);
}
