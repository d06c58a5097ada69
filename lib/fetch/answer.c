/* lib/fetch/answer.c: records, and the messages that stand across them. */
#include "fetch/answer.h"

#include <stdlib.h>

#include "fetch/alert.h"
#include "fetch/answer_reader.h"

#define MESSAGE_HEAD 4 /* type and length, RFC 8446 section 4 */
#define WARNING 1      /* RFC 8446 section 6 */
#define CLOSE_NOTIFY 0

struct chk_answer_reader *chk_answer_reader_new(struct chk_answer *answer)
{
	struct chk_answer_reader *reader = calloc(1, sizeof(*reader));

	answer->why = "";
	answer->alert = answer->warning = -1;
	if (reader)
		reader->answer = answer;
	return reader;
}

void chk_answer_reader_free(struct chk_answer_reader *reader)
{
	if (!reader)
		return;
	chk_buffer_clear(&reader->message);
	free(reader);
}

void chk_answer_clear(struct chk_answer *answer)
{
	chk_arena_clear(&answer->arena);
	*answer = (struct chk_answer){ 0 };
}

bool chk_answer_is_accepted(const struct chk_answer *answer)
{
	return answer->end == CHK_ANSWER_HELLO ||
	       answer->end == CHK_ANSWER_RETRY;
}

bool chk_answer_is_over(const struct chk_answer_reader *reader)
{
	return reader->over;
}

bool chk_answer_is_foreign(const struct chk_answer_reader *reader)
{
	return reader->foreign;
}

/* A server may warn, and say nothing, for ever. */
static void count_idle(struct chk_answer_reader *reader)
{
	if (++reader->idle > CHK_IDLE_ROUNDS_MAX)
		chk_answer_end(reader, CHK_ANSWER_FLOOD,
			       "the server sent %u warnings or records that "
			       "say nothing", reader->idle);
}

static void take_alert(struct chk_answer_reader *reader, unsigned level,
		       unsigned description)
{
	struct chk_answer *answer = reader->answer;

	if (level == WARNING && description != CLOSE_NOTIFY) {
		answer->warning = (int)description;
		count_idle(reader);
		return;
	}
	answer->alert = (int)description;
	chk_answer_end(reader, CHK_ANSWER_ALERT,
		       "the server sent alert %u (%s)", description,
		       chk_alert_name((int)description));
}

static void take_alerts(struct chk_answer_reader *reader,
			struct chk_bytes bytes)
{
	for (size_t i = 0; i < bytes.size && !reader->over; i++) {
		reader->alert[reader->alert_size++] = bytes.data[i];
		if (reader->alert_size == sizeof(reader->alert)) {
			take_alert(reader, reader->alert[0], reader->alert[1]);
			reader->alert_size = 0;
		}
	}
}

/* The head of a message says how long it is, before any of it is kept. */
static void begin_message(struct chk_answer_reader *reader)
{
	const uint8_t *head = (const uint8_t *)reader->message.data;
	size_t size = (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];

	reader->wanted = MESSAGE_HEAD + size;
	if (!chk_answer_expects(reader, head[0]))
		return;
	if (size > CHK_MESSAGE_BYTES_MAX)
		chk_answer_end(reader, CHK_ANSWER_FLOOD,
			       "the server begins a handshake message of %zu "
			       "bytes; up to %u are read", size,
			       CHK_MESSAGE_BYTES_MAX);
}

static void end_message(struct chk_answer_reader *reader)
{
	const uint8_t *data = (const uint8_t *)reader->message.data;

	chk_answer_message(reader, data[0],
			   chk_bytes_of(data + MESSAGE_HEAD,
					reader->wanted - MESSAGE_HEAD));
	reader->message.size = 0;
	reader->wanted = 0;
}

static void take_messages(struct chk_answer_reader *reader,
			  struct chk_bytes bytes)
{
	struct chk_buffer *message = &reader->message;
	size_t wanted, part;

	while (bytes.size && !reader->over) {
		wanted = reader->wanted ? reader->wanted : MESSAGE_HEAD;
		part = wanted - message->size;
		if (part > bytes.size)
			part = bytes.size;
		chk_buffer_add(message, bytes.data, part);
		bytes = chk_bytes_skip(bytes, part);
		if (message->failed) {
			reader->no_memory = reader->over = true;
			return;
		}
		if (!reader->wanted && message->size == MESSAGE_HEAD)
			begin_message(reader);
		if (!reader->over && reader->wanted == message->size)
			end_message(reader);
	}
}

/*
 * RFC 8446 section 5: a client drops it. Where the keys would change in the
 * middle of what is sent in clear, it is out of order.
 */
static void take_change(struct chk_answer_reader *reader)
{
	if (reader->message.size || reader->seen)
		chk_answer_refuse(reader, "the server sent ChangeCipherSpec "
				  "in the middle of its flight");
	else
		count_idle(reader);
}

static void begin_record(struct chk_answer_reader *reader)
{
	unsigned type = reader->head[0];

	reader->left = (size_t)reader->head[3] << 8 | reader->head[4];
	if (!reader->answer->record_version)
		reader->answer->record_version = (uint16_t)(
			reader->head[1] << 8 | reader->head[2]);
	if (reader->left > CHK_RECORD_MAX)
		chk_answer_refuse(reader, "the server begins a record of %zu "
				  "bytes, %d are the most", reader->left,
				  CHK_RECORD_MAX);
	else if (!reader->left)
		count_idle(reader);
	else if (type == CHK_RECORD_CHANGE_CIPHER_SPEC)
		take_change(reader);
	else if (type > CHK_RECORD_HANDSHAKE)
		chk_answer_refuse(reader, "the server sent a record of type "
				  "%u in place of its handshake", type);
	if (!reader->left)
		reader->head_size = 0;
}

/* Takes a byte of a record's head. */
static void take_head(struct chk_answer_reader *reader, uint8_t byte)
{
	struct chk_bytes head = { reader->head, 0 };

	reader->head[reader->head_size++] = byte;
	head.size = reader->head_size;
	if (!chk_wire_begins_record(head)) {
		reader->foreign = !reader->answer->record_version;
		if (!reader->foreign)
			chk_answer_refuse(reader, "behind a record of the "
					  "server stands what begins none");
	} else if (reader->head_size == CHK_RECORD_HEAD) {
		begin_record(reader);
	}
}

/* Takes what is there of a record's content; gives how much. */
static size_t take_content(struct chk_answer_reader *reader,
			   struct chk_bytes bytes)
{
	if (bytes.size > reader->left)
		bytes.size = reader->left;
	if (reader->head[0] == CHK_RECORD_ALERT)
		take_alerts(reader, bytes);
	else if (reader->head[0] == CHK_RECORD_HANDSHAKE)
		take_messages(reader, bytes);
	reader->left -= bytes.size;
	if (!reader->left)
		reader->head_size = 0;
	return bytes.size;
}

static void remember(struct chk_answer_reader *reader, struct chk_bytes bytes)
{
	size_t room = sizeof(reader->first) - reader->first_size;

	reader->answer->received += bytes.size;
	if (bytes.size > room)
		bytes.size = room;
	if (bytes.size)
		memcpy(reader->first + reader->first_size, bytes.data,
		       bytes.size);
	reader->first_size += bytes.size;
}

bool chk_answer_read(struct chk_answer_reader *reader, struct chk_bytes bytes)
{
	size_t taken;

	if (reader->over)
		return !reader->no_memory;
	remember(reader, bytes);
	while (bytes.size && !reader->over && !reader->foreign) {
		taken = 1;
		if (reader->head_size < CHK_RECORD_HEAD)
			take_head(reader, bytes.data[0]);
		else
			taken = take_content(reader, bytes);
		bytes = chk_bytes_skip(bytes, taken);
	}
	if (reader->foreign && reader->first_size == sizeof(reader->first))
		chk_answer_end_foreign(reader);
	if (reader->answer->received > CHK_HANDSHAKE_BYTES_MAX)
		chk_answer_end(reader, CHK_ANSWER_FLOOD,
			       "the server sent more than %u MiB and no end",
			       CHK_HANDSHAKE_BYTES_MAX >> 20);
	return !reader->no_memory && !reader->answer->arena.failed;
}
