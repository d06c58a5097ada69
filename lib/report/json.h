/*
 * lib/report/json.h: JSON (RFC 8259) member by member, indented or on one
 * line. What comes out is valid UTF-8 whatever goes in, and can be printed:
 * characters that would move the cursor are \uXXXX, bytes that are no UTF-8
 * are "\\xHH".
 */
#ifndef CHK_REPORT_JSON_H
#define CHK_REPORT_JSON_H

#include "base/buffer.h"

/* Zero it and set `buffer`; `one_line` leaves out all white space. */
struct chk_json {
	struct chk_buffer *buffer;
	bool one_line;
	unsigned depth;
	bool filled; /* the innermost object or array has something in it */
};

/* `name` is NULL inside arrays and at the top. */
void chk_json_object(struct chk_json *json, const char *name);
void chk_json_array(struct chk_json *json, const char *name);
void chk_json_end_object(struct chk_json *json);
void chk_json_end_array(struct chk_json *json);
void chk_json_null(struct chk_json *json, const char *name);
/* NULL is null. */
void chk_json_text(struct chk_json *json, const char *name, const char *text);
/* An array of texts. */
void chk_json_texts(struct chk_json *json, const char *name,
		    const char *const *texts, size_t count);
void chk_json_number(struct chk_json *json, const char *name, int64_t number);
void chk_json_bool(struct chk_json *json, const char *name, bool value);
/* Lower-case hexadecimal text; .data NULL is null. */
void chk_json_hex(struct chk_json *json, const char *name,
		  struct chk_bytes bytes);
/* RFC 3339 text. */
void chk_json_time(struct chk_json *json, const char *name, int64_t seconds);

#endif
